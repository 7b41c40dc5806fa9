package org.cairndns.corefile;

import java.util.List;

/**
 * One server block of a Corefile.
 *
 * @param keys as written, environment references replaced, list commas removed
 * @param zoneKeys what the keys mean; a CIDR key off its boundary yields several
 * @param directives in file order; a directive written twice appears twice
 */
public record ServerBlock(List<Token> keys, List<ZoneKey> zoneKeys, List<Directive> directives) {

    public ServerBlock {
        keys = List.copyOf(keys);
        zoneKeys = List.copyOf(zoneKeys);
        directives = List.copyOf(directives);
    }

    /** The zones of the keys, in order: what a plugin without zone arguments is responsible for. */
    public List<String> zones() {
        return zoneKeys.stream().map(ZoneKey::zone).toList();
    }

    /** The directives of one name, in file order. */
    public List<Directive> directives(String name) {
        return directives.stream()
                .filter(directive -> directive.name().text().equals(name))
                .toList();
    }
}
