package org.cairndns.plugin.spi;

import java.util.Optional;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;

/** A stream that tells a listener at its end what was taken of it. */
final class ObservedStream implements ResponseStream {
    private final ResponseStream stream;
    private final Query query;
    private final Listener listener;
    private Optional<Response> last = Optional.empty();
    private long octetsBefore;

    ObservedStream(ResponseStream stream, Query query, Listener listener) {
        this.stream = stream;
        this.query = query;
        this.listener = listener;
    }

    @Override
    public Optional<Response> next() {
        Optional<Response> next = stream.next();
        if (next.isPresent()) {
            if (last.isPresent()) {
                octetsBefore += ResponseWriter.octets(query, last.get(), query.maxResponseOctets());
            }
            last = next;
        }
        return next;
    }

    @Override
    public void close() {
        stream.close();
        listener.closed(last, octetsBefore);
    }
}
