package org.cairndns.corefile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The part <code>zone[:port]</code> of a key or zone argument.
 *
 * @param zones lower case and absolute; several for a CIDR off its boundary, never none
 * @param port any number that stood after the last colon
 */
record ZoneName(List<String> zones, Optional<Long> port) {
    private static final int MAX_TEXT_LENGTH = 255;

    /**
     * Reads a key without its scheme.
     *
     * @throws IllegalArgumentException with what was expected and found
     */
    static ZoneName parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon >= 0 && colon == text.length() - 1) {
            throw new IllegalArgumentException("expected a port after the last ':', got nothing");
        }
        Optional<Long> port = colon < 0 ? Optional.empty() : GoNumbers.integer(text.substring(colon + 1));
        String zone = port.isPresent() ? text.substring(0, colon) : text;
        if (zone.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "expected a zone of at most " + MAX_TEXT_LENGTH + " characters, got " + zone.length());
        }
        Optional<Cidr> cidr = Cidr.parse(zone);
        if (cidr.isEmpty()) {
            NameSyntax.check(zone);
            String lower = NameSyntax.absolute(zone).toLowerCase(Locale.ROOT);
            return new ZoneName(List.of(NameSyntax.escaped(lower)), port);
        }
        // CoreDNS refuses these spellings of IPv6 networks, which also covers every IPv4-mapped one.
        if (zone.startsWith(":") || (zone.startsWith("0") && zone.contains(":"))) {
            throw new IllegalArgumentException("expected a network that starts with neither ':' nor '0', got " + zone);
        }
        return new ZoneName(ReverseZones.of(cidr.get()), port);
    }
}
