package org.cairndns.wire;

import java.util.OptionalInt;

/** Codes of the DNS classes. */
public final class DnsClass {
    public static final int IN = 1;
    public static final int CH = 3;
    public static final int HS = 4;
    public static final int NONE = 254;
    public static final int ANY = 255;

    private DnsClass() {}

    /** Code of an upper-case mnemonic, empty if it is unknown. */
    public static OptionalInt parse(String mnemonic) {
        return switch (mnemonic) {
            case "IN" -> OptionalInt.of(IN);
            case "CH" -> OptionalInt.of(CH);
            case "HS" -> OptionalInt.of(HS);
            case "NONE" -> OptionalInt.of(NONE);
            case "ANY" -> OptionalInt.of(ANY);
            default -> OptionalInt.empty();
        };
    }

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
