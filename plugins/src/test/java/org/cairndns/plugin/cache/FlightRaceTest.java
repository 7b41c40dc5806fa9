package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.Races;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;

/** A question whose reply comes while somebody joins: who got on waits and is told, who did not knows. */
class FlightRaceTest {
    private static final Reply CAME = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private static final class Subject {
        final Flight flight = new Flight(Queries.of("a.example.", "A"), 0);
        final Reply.Pending waiter = new Reply.Pending();
        final AtomicInteger told = new AtomicInteger();
        volatile boolean aboard;

        void join() {
            waiter.whenDone(reply -> told.incrementAndGet());
            aboard = flight.add(new Flight.Waiter(waiter, 0), 10);
        }

        void land() {
            List<Flight.Waiter> waiters = flight.land(CAME);
            waiters.forEach(each -> each.pending().complete(CAME));
        }
    }

    @Test
    void land_whileSomebodyJoins_tellsThoseWhoGotOn() {
        Races.run(Subject::new, Subject::land, Subject::join, subject -> {
            assertThat(subject.told.get()).isEqualTo(subject.aboard ? 1 : 0);
            assertThat(subject.aboard || subject.flight.hasLanded()).isTrue();
        });
    }
}
