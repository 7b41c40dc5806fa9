package org.cairndns.wire;

/** Response codes (IANA DNS RCODEs); those over 15 need EDNS. */
public final class Rcode {
    public static final int NOERROR = 0;
    public static final int FORMERR = 1;
    public static final int SERVFAIL = 2;
    public static final int NXDOMAIN = 3;
    public static final int NOTIMP = 4;
    public static final int REFUSED = 5;
    public static final int BADVERS = 16;

    private static final String[] NAMES = {
        "NOERROR",
        "FORMERR",
        "SERVFAIL",
        "NXDOMAIN",
        "NOTIMP",
        "REFUSED",
        "YXDOMAIN",
        "YXRRSET",
        "NXRRSET",
        "NOTAUTH",
        "NOTZONE",
        "DSOTYPENI",
        "",
        "",
        "",
        "",
        "BADVERS",
        "BADKEY",
        "BADTIME",
        "BADMODE",
        "BADNAME",
        "BADALG",
        "BADTRUNC",
        "BADCOOKIE"
    };

    private Rcode() {}

    /** Mnemonic of a response code, {@code RCODE12} for one without a name. */
    public static String text(int rcode) {
        return rcode >= 0 && rcode < NAMES.length && !NAMES[rcode].isEmpty() ? NAMES[rcode] : "RCODE" + rcode;
    }
}
