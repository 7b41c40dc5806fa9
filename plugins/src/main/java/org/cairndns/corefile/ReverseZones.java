package org.cairndns.corefile;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;

/**
 * The reverse zones that cover a network: one when its prefix ends on a label boundary (8 bits in {@code in-addr.arpa},
 * 4 in {@code ip6.arpa}), else those of all networks at the next longer boundary.
 */
final class ReverseZones {
    private static final String HEX = "0123456789abcdef";

    private ReverseZones() {}

    static List<String> of(Cidr network) {
        boolean isIpv4 = network.network() instanceof Inet4Address;
        int bitsPerLabel = isIpv4 ? Byte.SIZE : Byte.SIZE / 2;
        int labels = (network.prefixLength() + bitsPerLabel - 1) / bitsPerLabel;
        int zones = 1 << (labels * bitsPerLabel - network.prefixLength());
        byte[] address = network.network().getAddress();
        List<String> names = new ArrayList<>(zones);
        for (int i = 0; i < zones; i++) {
            names.add(isIpv4 ? ipv4(address, labels, i) : ipv6(address, labels, i));
        }
        return names;
    }

    /** The zone with {@code labels} labels of the address, the last of them raised by {@code offset}. */
    private static String ipv4(byte[] address, int labels, int offset) {
        StringBuilder name = new StringBuilder();
        for (int i = labels - 1; i >= 0; i--) {
            int octet = Byte.toUnsignedInt(address[i]) + (i == labels - 1 ? offset : 0);
            name.append(octet).append('.');
        }
        return name.append("in-addr.arpa.").toString();
    }

    private static String ipv6(byte[] address, int labels, int offset) {
        StringBuilder name = new StringBuilder();
        for (int i = labels - 1; i >= 0; i--) {
            int octet = Byte.toUnsignedInt(address[i / 2]);
            int nibble = (i % 2 == 0 ? octet >> 4 : octet & 0xf) + (i == labels - 1 ? offset : 0);
            name.append(HEX.charAt(nibble)).append('.');
        }
        return name.append("ip6.arpa.").toString();
    }
}
