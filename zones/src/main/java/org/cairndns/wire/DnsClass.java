package org.cairndns.wire;

/** Codes of the DNS classes. */
public final class DnsClass {
    public static final int IN = 1;
    public static final int CH = 3;
    public static final int HS = 4;
    public static final int NONE = 254;
    public static final int ANY = 255;

    private DnsClass() {}

    /** Mnemonic of a class, {@code CLASS7} for one without a name (RFC 3597 5). */
    public static String text(int dnsClass) {
        return switch (dnsClass) {
            case IN -> "IN";
            case CH -> "CH";
            case HS -> "HS";
            case NONE -> "NONE";
            case ANY -> "ANY";
            default -> "CLASS" + dnsClass;
        };
    }
}
