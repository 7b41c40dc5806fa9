package org.cairndns.plugin.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.plugin.spi.SearchPaths;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.zone.SuffixTable;

/**
 * Search paths as the kubelet writes them for pods with the DNS policy ClusterFirst: {@code NS.svc.ZONE}, {@code
 * svc.ZONE}, {@code ZONE}, those of the node. Any thread.
 */
final class ClientSearchPaths implements SearchPaths {
    private static final String SERVICES = "svc";

    private final ClusterIndex index;

    /** By zone, what follows the namespace's own suffix. */
    private final SuffixTable<List<DomainName>> tails;

    /**
     * Search paths of the pods of a cluster.
     *
     * @param ofNode what the node adds, usually the server's own search path
     */
    ClientSearchPaths(ClusterIndex index, List<DomainName> zones, List<DomainName> ofNode) {
        this.index = index;
        Map<DomainName, List<DomainName>> byZone = new HashMap<>();
        for (DomainName zone : zones) {
            List<DomainName> tail = new ArrayList<>();
            tail.add(DomainName.prepend(SERVICES, zone));
            if (!zone.equals(DomainName.ROOT)) {
                tail.add(zone);
            }
            tail.addAll(ofNode);
            byZone.put(zone, tail);
        }
        this.tails = new SuffixTable<>(byZone);
    }

    @Override
    public List<DomainName> of(Query query) {
        List<DomainName> tail = tails.find(query.qname(), List.of());
        if (tail.isEmpty() || !query.qname().isAtOrBelow(tail.getFirst())) {
            return List.of();
        }
        Optional<String> namespace = index.namespaceAt(query.client().getAddress());
        if (namespace.isEmpty()) {
            return List.of();
        }
        List<DomainName> path = new ArrayList<>(tail.size() + 1);
        path.add(DomainName.prepend(namespace.get(), tail.getFirst()));
        path.addAll(tail);
        return path;
    }
}
