package org.cairndns.wire;

import java.util.Locale;
import java.util.OptionalInt;

/** Response codes (IANA DNS RCODEs); those over 15 need EDNS. */
public final class Rcode {
    public static final int NOERROR = 0;
    public static final int FORMERR = 1;
    public static final int SERVFAIL = 2;
    public static final int NXDOMAIN = 3;
    public static final int NOTIMP = 4;
    public static final int REFUSED = 5;
    public static final int YXDOMAIN = 6;
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

    /** The response code of a mnemonic, letter case aside; NOTIMPL and BADSIG are other words for 4 and 16. */
    public static OptionalInt parse(String mnemonic) {
        String name = mnemonic.toUpperCase(Locale.ROOT);
        for (int rcode = 0; rcode < NAMES.length; rcode++) {
            if (!name.isEmpty() && NAMES[rcode].equals(name)) {
                return OptionalInt.of(rcode);
            }
        }
        return switch (name) {
            case "NOTIMPL" -> OptionalInt.of(NOTIMP);
            case "BADSIG" -> OptionalInt.of(BADVERS);
            default -> OptionalInt.empty();
        };
    }

    /** True if the code has a mnemonic. */
    public static boolean isNamed(int rcode) {
        return rcode >= 0 && rcode < NAMES.length && !NAMES[rcode].isEmpty();
    }

    /** Mnemonic of a response code, {@code RCODE12} for one without a name. */
    public static String text(int rcode) {
        return isNamed(rcode) ? NAMES[rcode] : "RCODE" + rcode;
    }
}
