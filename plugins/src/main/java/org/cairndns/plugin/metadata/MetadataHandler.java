package org.cairndns.plugin.metadata;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;

/** Layer below which a query takes notes and is remembered as it came in. */
record MetadataHandler(Handler next) implements Handler {
    @Override
    public Reply handle(Query query) {
        return next.handle(query.withNotes());
    }
}
