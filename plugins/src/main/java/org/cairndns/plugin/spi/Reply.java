package org.cairndns.plugin.spi;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/** What a handler made of a query. */
public sealed interface Reply {
    /** A response to send. */
    record Answered(Response response) implements Reply {}

    /**
     * A failure that the server turns into a bare response with this RCODE; the reason goes to the log.
     *
     * @param rcode SERVFAIL, REFUSED, FORMERR, NOTIMP; BADVERS by the core only
     * @param reason one line
     * @param extendedError what a client with EDNS is told beyond the RCODE, an INFO-CODE of RFC 8914
     * @param panic what a handler threw; counted and logged by the server
     */
    record Failed(int rcode, String reason, OptionalInt extendedError, Optional<RuntimeException> panic)
            implements Reply {
        /** A failure without an extended error. */
        public Failed(int rcode, String reason) {
            this(rcode, reason, OptionalInt.empty(), Optional.empty());
        }

        /** A failure with an extended error, 0..65535. */
        public Failed(int rcode, String reason, int extendedError) {
            this(rcode, reason, OptionalInt.of(extendedError), Optional.empty());
        }
    }

    /**
     * A response of several messages over TCP: a zone transfer (RFC 5936 2.2). Where there is room for one only, and as the
     * reply to a query for another name, it becomes REFUSED.
     *
     * @param qname name that the messages are made for
     * @param stream to be closed by whoever sends the messages, or does not
     */
    record Messages(DomainName qname, ResponseStream stream) implements Reply {
        /** These messages with a listener for what a client took of them. */
        public Messages whenClosed(Query query, ResponseStream.Listener listener) {
            return new Messages(qname, new ObservedStream(stream, query, listener));
        }
    }

    /** No response is to be sent. */
    enum Dropped implements Reply {
        INSTANCE
    }

    /** A reply that comes later; completed once, from any thread, listened to once. */
    final class Pending implements Reply {
        private static final Object DELIVERED = new Object();

        /** Null, the listener that came first, the reply that came first, or {@link #DELIVERED}. */
        private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

        /** Delivers the reply; a second one is ignored. */
        public void complete(Reply reply) {
            if (reply instanceof Pending inner) {
                inner.whenDone(this::complete);
                return;
            }
            if (state.compareAndSet(null, reply)) {
                return;
            }
            Object before = state.get();
            if (before instanceof Consumer<?> && state.compareAndSet(before, DELIVERED)) {
                @SuppressWarnings("unchecked") // whenDone puts nothing else there
                Consumer<Reply> listener = (Consumer<Reply>) before;
                listener.accept(reply);
            }
        }

        /** Calls the listener with the reply, never a {@code Pending}, on the completing thread or at once. */
        public void whenDone(Consumer<Reply> listener) {
            if (!state.compareAndSet(null, listener)) {
                Object before = state.getAndSet(DELIVERED);
                if (before instanceof Reply reply) {
                    listener.accept(reply);
                }
            }
        }
    }

    /**
     * This reply with a step applied to it now, or when it is there. The step never sees a {@code Pending}; what it
     * throws becomes a SERVFAIL.
     */
    default Reply then(UnaryOperator<Reply> step) {
        if (!(this instanceof Pending pending)) {
            return step.apply(this);
        }
        Pending result = new Pending();
        pending.whenDone(reply -> result.complete(applySafely(step, reply)));
        return result;
    }

    private static Reply applySafely(UnaryOperator<Reply> step, Reply reply) {
        try {
            return step.apply(reply);
        } catch (RuntimeException e) {
            return new Failed(Rcode.SERVFAIL, "handler failed: " + e, OptionalInt.empty(), Optional.of(e));
        }
    }
}
