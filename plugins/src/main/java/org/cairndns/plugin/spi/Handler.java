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

    /**
     * Whether the response to come may be repeated to equal queries.
     *
     * <p>Called before {@link #handle} for the same query, so that what changes meanwhile counts as changed. Whoever passes
     * queries on asks the next handler; whoever looks at the client, at chance, or at each query gives {@link
     * Repetition#NEVER}, as all do that say nothing else.
     */
    default Repetition repetition(Query query) {
        return Repetition.NEVER;
    }
}
