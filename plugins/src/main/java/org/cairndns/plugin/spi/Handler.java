package org.cairndns.plugin.spi;

import org.cairndns.wire.Query;

/**
 * One layer of a server block: answers a query itself or hands it to the layer it was built around.
 *
 * <p>Called on event loops, by several at a time; never blocks. What is thrown ends as SERVFAIL.
 */
@FunctionalInterface
public interface Handler {
    Reply handle(Query query);
}
