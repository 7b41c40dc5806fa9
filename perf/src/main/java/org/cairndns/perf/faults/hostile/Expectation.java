package org.cairndns.perf.faults.hostile;

import java.util.BitSet;

/**
 * What may come back for a message.
 *
 * @param kind how many responses there are
 * @param rcodes one of which each response has
 * @param edns whether responses have an OPT record
 */
record Expectation(Kind kind, BitSet rcodes, boolean edns) {
    static final int NOERROR = 0;
    static final int FORMERR = 1;
    static final int SERVFAIL = 2;
    static final int NXDOMAIN = 3;
    static final int NOTIMP = 4;
    static final int REFUSED = 5;
    static final int NOTAUTH = 9;
    static final int BADVERS = 16;

    /** Nothing comes back. */
    static final Expectation SILENCE = new Expectation(Kind.NONE, new BitSet(), false);

    /** Number of responses. */
    enum Kind {
        NONE,
        ONE,
        /** One at least, as for a zone transfer. */
        SOME
    }

    static Expectation one(boolean edns, int... rcodes) {
        return new Expectation(Kind.ONE, set(rcodes), edns);
    }

    static Expectation some(boolean edns, int... rcodes) {
        return new Expectation(Kind.SOME, set(rcodes), edns);
    }

    private static BitSet set(int... rcodes) {
        BitSet set = new BitSet();
        for (int rcode : rcodes) {
            set.set(rcode);
        }
        return set;
    }

    boolean isSilence() {
        return kind == Kind.NONE;
    }
}
