package org.cairndns.plugin.cache;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Equal questions at the same time: one goes up, and whoever waits is told. */
public final class FlightRaces {
    private static final Query QUERY = Queries.of("a.example.", "A");
    private static final CacheKey KEY = CacheKey.of(QUERY);
    private static final Reply CAME = new Reply.Answered(Response.bare(Rcode.NOERROR));
    private static final Counter COALESCED =
            Counter.builder().name("coalesced").withoutExemplars().build();

    private FlightRaces() {}

    /** Flights to an upstream that thinks until it is told to answer. */
    private static final class Subject {
        private final Reply.Pending[] underWay = {new Reply.Pending(), new Reply.Pending()};
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger told = new AtomicInteger();
        private final WaitingPlaces places = new WaitingPlaces(20_000, 4711);
        private final Flights flights = new Flights(query -> underWay[asked.getAndIncrement()], () -> 0, places);

        void ask() {
            Reply reply = flights.ask(QUERY, KEY, COALESCED, landed -> CAME);
            if (reply instanceof Reply.Pending pending) {
                pending.whenDone(done -> told.incrementAndGet());
            } else {
                told.incrementAndGet();
            }
        }

        void answer() {
            for (Reply.Pending pending : underWay) {
                pending.complete(CAME);
            }
        }

        int left() {
            return flights.size() + places.taken();
        }
    }

    /** Two ask for the same. */
    @JCStressTest
    @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "asked once, both are told, nothing is left")
    @Outcome(expect = FORBIDDEN, desc = "asked twice, or somebody waits for ever")
    @State
    public static class Asked {
        private final Subject subject = new Subject();

        @Actor
        public void one() {
            subject.ask();
        }

        @Actor
        public void other() {
            subject.ask();
        }

        @Arbiter
        public void land(III_Result result) {
            result.r1 = subject.asked.get();
            subject.answer();
            result.r2 = subject.told.get();
            result.r3 = subject.left();
        }
    }

    /** One asks while the reply to the same question comes. */
    @JCStressTest
    @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "got on board")
    @Outcome(id = "2, 2, 0", expect = ACCEPTABLE, desc = "came too late and asked again")
    @Outcome(expect = FORBIDDEN, desc = "waits for ever")
    @State
    public static class Landing {
        private final Subject subject = new Subject();

        public Landing() {
            subject.ask();
        }

        @Actor
        public void land() {
            subject.underWay[0].complete(CAME);
        }

        @Actor
        public void join() {
            subject.ask();
        }

        @Arbiter
        public void end(III_Result result) {
            result.r1 = subject.asked.get();
            subject.answer();
            result.r2 = subject.told.get();
            result.r3 = subject.left();
        }
    }
}
