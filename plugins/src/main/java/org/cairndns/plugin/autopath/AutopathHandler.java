package org.cairndns.plugin.autopath;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.SearchPaths;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.zone.Zones;

/** Layer that walks the search path of a client whose query bears the path's first suffix. */
final class AutopathHandler implements Handler {
    private final Zones zones;
    private final SearchPaths paths;
    private final Counter successes;
    private final Handler next;

    AutopathHandler(Zones zones, SearchPaths paths, Counter successes, Handler next) {
        this.zones = zones;
        this.paths = paths;
        this.successes = successes;
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        if (!zones.covers(query.qname())) {
            return next.handle(query);
        }
        List<DomainName> path = paths.of(query);
        // At the suffix itself there is no name that was searched for; CoreDNS fails then.
        int baseOctets = path.isEmpty() ? 0 : query.qname().prefixOctets(path.getFirst());
        if (baseOctets <= 0) {
            return next.handle(query);
        }
        return new SearchWalk(query, path, baseOctets, successes, next).start();
    }
}
