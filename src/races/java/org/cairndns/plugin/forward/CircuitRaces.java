package org.cairndns.plugin.forward;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What several event loops note of one upstream. */
public final class CircuitRaces {
    private CircuitRaces() {}

    private static Circuit open() {
        Circuit circuit = new Circuit(2);
        circuit.missed();
        circuit.checkFailed();
        circuit.queryFailed();
        circuit.queryFailed();
        return circuit;
    }

    /** An answered query closes a circuit, whatever checks find out meanwhile. */
    @JCStressTest
    @Outcome(id = "CLOSED", expect = ACCEPTABLE, desc = "closed")
    @Outcome(expect = FORBIDDEN, desc = "the answer went unnoticed")
    @State
    public static class Answered {
        private final Circuit circuit = open();

        @Actor
        public void check() {
            circuit.checkWorked();
        }

        @Actor
        public void answer() {
            circuit.answered();
        }

        @Arbiter
        public void state(L_Result result) {
            result.r1 = circuit.state();
        }
    }

    /** The third query in a row goes unanswered while another one is answered. */
    @JCStressTest
    @Outcome(
            id = {"CLOSED, CLOSED", "SUSPECT, CLOSED"},
            expect = ACCEPTABLE,
            desc = "closed by the next answer at the latest")
    @Outcome(expect = FORBIDDEN, desc = "stays suspect for ever")
    @State
    public static class Missed {
        private final Circuit circuit = new Circuit(2);

        public Missed() {
            circuit.missed();
            circuit.missed();
        }

        @Actor
        public void miss() {
            circuit.missed();
        }

        @Actor
        public void answer() {
            circuit.answered();
        }

        @Arbiter
        public void state(LL_Result result) {
            result.r1 = circuit.state();
            circuit.answered();
            result.r2 = circuit.state();
        }
    }

    /** Two queries want to be the one that an open circuit lets through. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "one goes")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class Trial {
        private final Circuit circuit = open();

        public Trial() {
            circuit.offerTrial();
        }

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = circuit.takeTrial();
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = circuit.takeTrial();
        }
    }

    /** Two loops have an upstream to check. */
    @JCStressTest
    @Outcome(
            id = {"0, 100000000", "100000000, 0"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @Outcome(expect = FORBIDDEN, desc = "at the same time")
    @State
    public static class Pace {
        private final ProbePace pace = new ProbePace(100_000_000);

        @Actor
        public void one(JJ_Result result) {
            result.r1 = pace.delayNanos(0);
        }

        @Actor
        public void other(JJ_Result result) {
            result.r2 = pace.delayNanos(0);
        }
    }
}
