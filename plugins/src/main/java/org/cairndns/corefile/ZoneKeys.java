package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The reading of server block keys, <code>[scheme://]zone[:port]</code>. */
final class ZoneKeys {
    private static final int MAX_PORT = 65_535;

    private ZoneKeys() {}

    /** The zones of all keys in order; a key that is wrong adds a problem instead. */
    static List<ZoneKey> parse(List<Token> keys, Problems problems) {
        List<ZoneKey> zoneKeys = new ArrayList<>();
        for (Token key : keys) {
            try {
                zoneKeys.addAll(parse(key));
                doubt(key).ifPresent(doubt -> problems.warn(key.position(), doubt));
            } catch (IllegalArgumentException e) {
                problems.add(key.position(), "bad key '" + key.text() + "', " + e.getMessage());
            }
        }
        return zoneKeys;
    }

    private static List<ZoneKey> parse(Token key) {
        if (key.text().startsWith("unix://")) {
            throw new IllegalArgumentException("expected one of the schemes " + schemes() + ", got 'unix'");
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
        return key;
    }

    private static Scheme schemeOf(String key) {
        for (Scheme scheme : Scheme.values()) {
            if (key.startsWith(scheme.prefix())) {
                return scheme;
            }
        }
        return Scheme.DNS;
    }

    /** What looks unintended about a key that CoreDNS takes for an odd domain name. */
    private static Optional<String> doubt(Token key) {
        String text = withoutScheme(key.text());
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            return Optional.of("unknown scheme '" + text.substring(0, scheme) + "' is read as part of the zone name"
                    + Suggestions.hint(text.substring(0, scheme), schemes()));
        }
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0 || text.indexOf(' ') >= 0 || text.indexOf(':') == 0) {
            return Optional.of("key '" + key.text() + "' is read as a zone name, expected letters, digits and hyphens");
        }
        return Optional.empty();
    }

    private static List<String> schemes() {
        return Arrays.stream(Scheme.values()).map(Scheme::text).toList();
    }
}
