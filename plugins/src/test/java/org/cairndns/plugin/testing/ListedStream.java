package org.cairndns.plugin.testing;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.wire.Response;

/** Messages that are there from the start. */
public final class ListedStream implements ResponseStream {
    private final Iterator<Response> messages;
    private int closed;

    public ListedStream(Response... messages) {
        this.messages = List.of(messages).iterator();
    }

    @Override
    public Optional<Response> next() {
        return messages.hasNext() ? Optional.of(messages.next()) : Optional.empty();
    }

    @Override
    public void close() {
        closed++;
    }

    /** How often the stream was closed. */
    public int closed() {
        return closed;
    }
}
