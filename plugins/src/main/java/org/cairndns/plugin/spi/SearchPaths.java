package org.cairndns.plugin.spi;

import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;

/** What a plugin knows of the search paths of clients; see resolv.conf(5). */
@FunctionalInterface
public interface SearchPaths {
    /**
     * The suffixes that the query's client appends to the names it asks for, in its order, without the root at the end.
     * Empty if the client is not known, or the qname is in none of the plugin's zones. Any thread; never blocks.
     */
    List<DomainName> of(Query query);
}
