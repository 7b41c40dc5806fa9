package org.cairndns.perf.container;

import java.net.InetAddress;

/** IPv4 addresses as numbers. */
final class Ipv4 {
    private Ipv4() {}

    static long toLong(InetAddress address) {
        long number = 0;
        for (byte octet : address.getAddress()) {
            number = number << 8 | octet & 0xff;
        }
        return number;
    }

    static InetAddress toAddress(long number) {
        return InetAddress.ofLiteral((number >> 24 & 0xff) + "." + (number >> 16 & 0xff) + "." + (number >> 8 & 0xff)
                + "." + (number & 0xff));
    }
}
