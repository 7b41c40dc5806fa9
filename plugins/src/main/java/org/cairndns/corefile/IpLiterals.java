package org.cairndns.corefile;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses in text, without ever asking a resolver. */
final class IpLiterals {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String QUAD = OCTET + "(?:\\." + OCTET + "){3}";
    private static final Pattern IPV4 = Pattern.compile(QUAD);
    private static final Pattern IPV6 = Pattern.compile("(?:[0-9a-fA-F]{0,4}:)+(?:[0-9a-fA-F]{0,4}|" + QUAD + ")");

    private IpLiterals() {}

    /**
     * Four decimal octets without leading zeros, or IPv6 (RFC 4291 2.2) without brackets or zone. An IPv4-mapped address
     * comes back as IPv4.
     */
    static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As {@link #parse}, after a zone id such as {@code %eth0} is cut off. */
    static Optional<InetAddress> parseZoned(String text) {
        int zone = text.lastIndexOf('%');
        return parse(zone < 0 ? text : text.substring(0, zone));
    }
}
