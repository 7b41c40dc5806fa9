package org.cairndns.kubernetes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.wire.DomainName;

/** Pool that makes equal port lists, port names and cluster ids one object; writer thread only. */
final class Interner {
    /** A full pool starts again empty; what it gave out stays shared. */
    private static final int MAX_ENTRIES = 4096;

    private static final PortEntry[] NO_PORTS = new PortEntry[0];

    private final Map<List<PortEntry>, PortEntry[]> portLists = new HashMap<>();
    private final Map<PortEntry, PortEntry> ports = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, DomainName> clusterIds = new HashMap<>();

    /** The ports as an array that must not be changed. */
    PortEntry[] ports(List<PortEntry> list) {
        if (list.isEmpty()) {
            return NO_PORTS;
        }
        PortEntry[] known = portLists.get(list);
        if (known == null) {
            known = new PortEntry[list.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = port(list.get(i));
            }
            makeRoom(portLists);
            portLists.put(List.of(known), known);
        }
        return known;
    }

    private PortEntry port(PortEntry port) {
        PortEntry known = ports.get(port);
        if (known == null) {
            known = new PortEntry(name(port.name()), name(port.protocol()), port.port());
            makeRoom(ports);
            ports.put(known, known);
        }
        return known;
    }

    private String name(String name) {
        makeRoom(names);
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    /** The labels of a cluster id, the root if it has none or is no name. */
    DomainName clusterId(String text) {
        DomainName known = clusterIds.get(text);
        if (known == null) {
            known = Labels.name(text);
            makeRoom(clusterIds);
            clusterIds.put(text, known);
        }
        return known;
    }

    private static void makeRoom(Map<?, ?> pool) {
        if (pool.size() >= MAX_ENTRIES) {
            pool.clear();
        }
    }
}
