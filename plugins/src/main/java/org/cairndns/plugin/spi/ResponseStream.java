package org.cairndns.plugin.spi;

import java.util.Optional;
import org.cairndns.wire.Response;

/**
 * The messages of a {@link Reply.Messages}, made one by one as the client takes them.
 *
 * <p>Used by one thread at a time, the event loop of the connection; nothing blocks.
 */
public interface ResponseStream extends AutoCloseable {
    /** The next message, empty behind the last one. What is thrown ends the connection: half a stream is none. */
    Optional<Response> next();

    /** Ends the stream, be it whole or not; called once, after which nothing is called. */
    @Override
    void close();

    /** Hears of the end of a stream, on the thread that closes it. */
    @FunctionalInterface
    interface Listener {
        /**
         * The stream is closed.
         *
         * @param last the last message that was taken, empty if none was
         * @param octetsBefore size of those before it
         */
        void closed(Optional<Response> last, long octetsBefore);
    }
}
