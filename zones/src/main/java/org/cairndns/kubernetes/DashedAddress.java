package org.cairndns.kubernetes;

import java.util.Optional;
import org.cairndns.zone.IpAddress;

/** Addresses as labels: {@code 10-1-0-5}, {@code fd00-10--5}. */
final class DashedAddress {
    private static final int IPV4_DASHES = 3;

    private DashedAddress() {}

    /** Canonical label of an address; one that ends in {@code ::} gets a 0 behind, for labels don't end in a dash. */
    static String of(IpAddress address) {
        String text = address.toString().replace(address.isIpv4() ? '.' : ':', '-');
        return text.endsWith("-") ? text + "0" : text;
    }

    /** The address that a label in any accepted form stands for. */
    static Optional<IpAddress> parse(String label) {
        long dashes = label.chars().filter(c -> c == '-').count();
        boolean ipv4 = dashes == IPV4_DASHES && !label.contains("--");
        return IpAddress.parse(label.replace('-', ipv4 ? '.' : ':')).filter(address -> ipv4 || label.indexOf('.') < 0);
    }
}
