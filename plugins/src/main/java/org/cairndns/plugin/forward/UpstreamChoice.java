package org.cairndns.plugin.forward;

import org.jspecify.annotations.Nullable;

/** The upstreams that one query may be sent to, in the order of its policy; those in order first. For one event loop. */
final class UpstreamChoice {
    private final LoopForwarder loop;
    private final Policy policy;
    private final LoopUpstream[] upstreams;
    private final int first;

    /** Places taken in this round, bit per upstream among them, the last one of them. */
    private int place;

    private long tried;
    private int index;
    private boolean lastResort;

    UpstreamChoice(LoopForwarder loop) {
        this.loop = loop;
        this.policy = loop.config().attempts().policy();
        this.upstreams = loop.upstreams();
        this.first = upstreams.length == 0 ? 0 : first();
    }

    private int first() {
        int count = upstreams.length;
        int chosen = policy.first(count, loop.shared().turn(), loop.random());
        if (policy != Policy.LATENCY || count == 1) {
            return chosen;
        }
        // The better one of two is nearly as good as the best of all, and does not send all loops to the same one.
        int other = (chosen + 1 + loop.random().nextInt(count - 1)) % count;
        long now = loop.nanoTime();
        return upstreams[other].averageNanos(now) < upstreams[chosen].averageNanos(now) ? other : chosen;
    }

    int size() {
        return upstreams.length;
    }

    boolean isEmpty() {
        return upstreams.length == 0;
    }

    /** Place in the directive of what {@link #next} or {@link #other} gave last. */
    int index() {
        return index;
    }

    /** True once no upstream but those that are down was left to ask. */
    boolean isLastResort() {
        return lastResort;
    }

    /** Why there is no upstream to ask, if somebody said so. */
    String reasonOr(String otherwise) {
        for (LoopUpstream upstream : upstreams) {
            String heldOut = upstream.upstream().circuit().heldOut();
            if (!heldOut.isEmpty()) {
                return upstream.label() + ": " + heldOut;
            }
        }
        return otherwise;
    }

    /**
     * The next upstream in turn that is in order, else one that is being waited for already, else the least doubtful one; null
     * if none may be asked.
     *
     * @param asked bit per upstream that is being waited for
     */
    @Nullable
    LoopUpstream next(long asked) {
        LoopUpstream fresh = other(asked);
        if (fresh != null) {
            return fresh;
        }
        LoopUpstream again = asked == 0 ? null : other(0);
        return again != null ? again : leastDoubtful();
    }

    /** The next upstream in turn that is in order and not among those asked; null if there is none. */
    @Nullable
    LoopUpstream other(long asked) {
        int count = upstreams.length;
        for (int looked = 0; looked < count; looked++) {
            int candidate = nextPlace(count);
            Circuit circuit = upstreams[candidate].upstream().circuit();
            if ((asked >>> candidate & 1) == 0 && !upstreams[candidate].isOpening() && takes(circuit)) {
                return chosen(candidate);
            }
        }
        return null;
    }

    private static boolean takes(Circuit circuit) {
        Circuit.State state = circuit.state();
        return state == Circuit.State.CLOSED || state == Circuit.State.HALF_OPEN && circuit.takeTrial();
    }

    private LoopUpstream chosen(int candidate) {
        index = candidate;
        return upstreams[candidate];
    }

    private int nextPlace(int count) {
        if (place == count) {
            place = 0;
            tried = 0;
        }
        int next = place == 0 ? first : policy.next(place, first, tried, count, loop.random());
        place++;
        tried |= 1L << next;
        return next;
    }

    private @Nullable LoopUpstream leastDoubtful() {
        int count = upstreams.length;
        int start = loop.random().nextInt(count);
        int best = -1;
        Circuit.State least = Circuit.State.OPEN;
        for (int i = 0; i < count; i++) {
            int candidate = (start + i) % count;
            Circuit.State state = upstreams[candidate].upstream().circuit().state();
            if (state.compareTo(least) < 0) {
                best = candidate;
                least = state;
            }
        }
        return best >= 0 ? chosen(best) : trial(start);
    }

    /** All are down: one query in turn tells whether they still are, all others need not wait for nothing. */
    private @Nullable LoopUpstream trial(int start) {
        lastResort = true;
        loop.metrics().allDown();
        int count = upstreams.length;
        for (int i = 0; i < count && loop.mayTry(); i++) {
            int candidate = (start + i) % count;
            Circuit circuit = upstreams[candidate].upstream().circuit();
            if (circuit.state() == Circuit.State.OPEN && circuit.takeTrial()) {
                return chosen(candidate);
            }
        }
        return null;
    }
}
