package org.cairndns.corefile;

import java.util.OptionalInt;

/**
 * One zone a server block serves, as one of its keys says.
 *
 * @param zone lower case and absolute, in presentation format: {@code cluster.local.}, {@code .}
 * @param port 0 to 65535 as written; empty when the key names none
 * @param position the key's place; shared by all zones that one CIDR key expands to
 */
public record ZoneKey(Scheme scheme, String zone, OptionalInt port, Position position) {

    @Override
    public String toString() {
        return scheme.prefix() + zone + (port.isPresent() ? ":" + port.getAsInt() : "");
    }
}
