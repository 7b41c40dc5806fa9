package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The reading of server block keys, <code>[scheme://]zone[:port]</code>. */
final class ZoneKeys {
    private static final int MAX_PORT = 65_535;
    private static final String ODD_CHARACTERS = " \t\n{}()\":,;$%";

    /** A prefix that CoreDNS knows, without a server behind it. */
    private static final String UNIX_PREFIX = "unix://";

    private ZoneKeys() {}

    /** The zones of all keys in order; a key that is wrong adds a problem instead. */
    static List<ZoneKey> parse(List<Token> keys, Problems problems) {
        List<ZoneKey> zoneKeys = new ArrayList<>();
        for (Token key : keys) {
            try {
                List<ZoneKey> zones = parse(key);
                doubt(key, zones.get(0).zone()).ifPresent(doubt -> problems.warn(key.position(), doubt));
                zoneKeys.addAll(zones);
            } catch (IllegalArgumentException e) {
                problems.add(key.position(), "bad key '" + key.text() + "', " + e.getMessage());
            }
        }
        return zoneKeys;
    }

    private static List<ZoneKey> parse(Token key) {
        if (key.text().startsWith(UNIX_PREFIX)) {
            throw new IllegalArgumentException(
                    "expected one of the schemes " + String.join(", ", schemes()) + ", got 'unix'");
        }
        Scheme scheme = schemeOf(key.text());
        ZoneName name = ZoneName.parse(withoutScheme(key.text()));
        OptionalInt port = name.port().map(ZoneKeys::checkedPort).orElse(OptionalInt.empty());
        return name.zones().stream()
                .map(zone -> new ZoneKey(scheme, zone, port, key.position()))
                .toList();
    }

    private static OptionalInt checkedPort(long port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("expected a port from 0 to " + MAX_PORT + ", got " + port);
        }
        return OptionalInt.of((int) port);
    }

    static String withoutScheme(String key) {
        for (Scheme scheme : Scheme.values()) {
            if (key.startsWith(scheme.prefix())) {
                return key.substring(scheme.prefix().length());
            }
        }
        return key.startsWith(UNIX_PREFIX) ? key.substring(UNIX_PREFIX.length()) : key;
    }

    private static Scheme schemeOf(String key) {
        for (Scheme scheme : Scheme.values()) {
            if (key.startsWith(scheme.prefix())) {
                return scheme;
            }
        }
        return Scheme.DNS;
    }

    /** What looks unintended about a key whose text is taken for a domain name as it stands. */
    private static Optional<String> doubt(Token key, String zone) {
        int scheme = zone.indexOf("://");
        if (scheme >= 0) {
            String word = zone.substring(0, scheme);
            return Optional.of("unknown scheme '" + word + "' is read as part of the zone name, expected one of "
                    + String.join(", ", schemes()) + Suggestions.hint(word, schemes()));
        }
        boolean odd = zone.chars().anyMatch(character -> ODD_CHARACTERS.indexOf(character) >= 0);
        // RFC 2317 4: delegations of less than an octet have a slash in their names.
        boolean slash = zone.indexOf('/') >= 0 && !zone.endsWith(".in-addr.arpa.");
        return odd || slash
                ? Optional.of("key '" + key.text() + "' is read as the zone name '" + zone
                        + "', expected [scheme://]zone[:port]")
                : Optional.empty();
    }

    private static List<String> schemes() {
        return Arrays.stream(Scheme.values()).map(Scheme::text).toList();
    }
}
