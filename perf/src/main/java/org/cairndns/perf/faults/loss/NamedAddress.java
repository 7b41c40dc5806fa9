package org.cairndns.perf.faults.loss;

import java.net.InetAddress;
import java.util.Locale;

/** The address that the upstreams give a name: one that follows from the name, so that an answer to another one is seen. */
final class NamedAddress {
    private static final int FNV_START = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private NamedAddress() {}

    /** Of a name in any letter case, with the dot at its end. */
    static InetAddress of(String name) {
        int bits = FNV_START;
        String lower = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            bits = (bits ^ lower.charAt(i)) * FNV_PRIME;
        }
        return InetAddress.ofLiteral(
                (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff));
    }
}
