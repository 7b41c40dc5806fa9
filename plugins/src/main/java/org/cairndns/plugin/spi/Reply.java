package org.cairndns.plugin.spi;

import java.util.Optional;
import java.util.OptionalInt;
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
    record Failed(int rcode, String reason, OptionalInt extendedError, Optional<Throwable> panic) implements Reply {
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

    /**
     * A reply that comes later; completed once, from any thread, listened to once.
     *
     * <p>What {@link #then} adds is kept here, and done by the thread that completes the reply: all layers that have
     * something to do with a late reply share this one object. Its fields are guarded by it, and it is not locked while a step
     * or the listener runs.
     */
    final class Pending implements Reply {
        private @Nullable Step first;
        private @Nullable Step last;
        private boolean completed;

        /** The reply with all steps done; null before. */
        private @Nullable Reply result;

        private @Nullable Consumer<Reply> listener;

        private static final class Step {
            private final UnaryOperator<Reply> action;
            private @Nullable Step next;

            private Step(UnaryOperator<Reply> action) {
                this.action = action;
            }
        }

        /** Delivers the reply; a second one is ignored. */
        public void complete(Reply reply) {
            if (reply instanceof Pending inner) {
                inner.whenDone(this::complete);
                return;
            }
            synchronized (this) {
                if (completed) {
                    return;
                }
                completed = true;
            }
            pass(reply);
        }

        /** Does the steps that are left, those added meanwhile too, then tells the listener. */
        private void pass(Reply came) {
            Reply reply = came;
            for (Step step = nextStep(reply); step != null; step = nextStep(reply)) {
                reply = applySafely(step.action, reply);
                if (reply instanceof Pending inner) {
                    inner.whenDone(this::pass);
                    return;
                }
            }
            Consumer<Reply> waiting = listener();
            if (waiting != null) {
                waiting.accept(reply);
            }
        }

        /** The step to do with a reply; without any it is the result. */
        private synchronized @Nullable Step nextStep(Reply reply) {
            Step step = first;
            if (step == null) {
                result = reply;
            } else {
                first = step.next;
            }
            return step;
        }

        private synchronized @Nullable Consumer<Reply> listener() {
            return listener;
        }

        /** Calls the listener with the reply, never a {@code Pending}, on the completing thread or at once. */
        public void whenDone(Consumer<Reply> told) {
            Reply done;
            synchronized (this) {
                done = result;
                if (done == null) {
                    listener = told;
                }
            }
            if (done != null) {
                told.accept(done);
            }
        }

        @Override
        public Reply then(UnaryOperator<Reply> action) {
            Reply done = added(action);
            return done == null ? this : applySafely(action, done);
        }

        /** Adds a step, or gives the result for which it is too late. */
        private synchronized @Nullable Reply added(UnaryOperator<Reply> action) {
            if (result != null) {
                return result;
            }
            Step step = new Step(action);
            if (first == null || last == null) {
                first = step;
            } else {
                last.next = step;
            }
            last = step;
            return null;
        }
    }

    /**
     * This reply with a step applied to it now, or when it is there. The step never sees a {@code Pending}; what it
     * throws when called later becomes a SERVFAIL. Of a {@code Pending} only the result is to be used from then on.
     */
    default Reply then(UnaryOperator<Reply> step) {
        return step.apply(this);
    }

    private static Reply applySafely(UnaryOperator<Reply> step, Reply reply) {
        try {
            return step.apply(reply);
        } catch (Throwable e) {
            return new Failed(Rcode.SERVFAIL, "handler failed: " + e, OptionalInt.empty(), Optional.of(e));
        }
    }
}
