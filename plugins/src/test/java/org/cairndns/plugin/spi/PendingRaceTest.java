package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.plugin.testing.Races;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;

/** A reply that is completed on one thread while another adds steps and listens, and counters that are read while they count. */
class PendingRaceTest {
    private static final Reply CAME = new Reply.Answered(Response.bare(Rcode.NOERROR));
    private static final Reply CHANGED = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));

    private static final class Subject {
        final Reply.Pending pending = new Reply.Pending();
        final AtomicInteger told = new AtomicInteger();
        final AtomicInteger steps = new AtomicInteger();
        volatile Reply result = Reply.Dropped.INSTANCE;

        void listen() {
            pending.whenDone(this::tell);
        }

        void tell(Reply reply) {
            told.incrementAndGet();
            result = reply;
        }

        Reply step(Reply reply) {
            steps.incrementAndGet();
            return reply == CAME ? CHANGED : reply;
        }
    }

    @Test
    void complete_whileSomebodyListens_isToldOnce() {
        Races.run(Subject::new, subject -> subject.pending.complete(CAME), Subject::listen, subject -> {
            assertThat(subject.told).hasValue(1);
            assertThat(subject.result).isSameAs(CAME);
        });
    }

    @Test
    void complete_whileAStepIsAdded_doesItOnce() {
        Races.run(
                Subject::new,
                subject -> subject.pending.complete(CAME),
                subject -> {
                    Reply reply = subject.pending.then(subject::step);
                    if (reply instanceof Reply.Pending later) {
                        later.whenDone(subject::tell);
                    } else {
                        subject.tell(reply);
                    }
                },
                subject -> {
                    assertThat(subject.steps).hasValue(1);
                    assertThat(subject.told).hasValue(1);
                    assertThat(subject.result).isSameAs(CHANGED);
                });
    }

    @Test
    void complete_twiceAtOnce_countsOnce() {
        Races.run(
                () -> {
                    Subject subject = new Subject();
                    subject.listen();
                    return subject;
                },
                subject -> subject.pending.complete(CAME),
                subject -> subject.pending.complete(CHANGED),
                subject -> {
                    assertThat(subject.told).hasValue(1);
                    assertThat(subject.result).isIn(CAME, CHANGED);
                });
    }

    @Test
    void counters_readWhileTheyCount_neverGoBackNorLoseAny() {
        ThreadCounters counters = new ThreadCounters(2);
        AtomicInteger number = new AtomicInteger();
        AtomicLong before = new AtomicLong();
        Races.run(
                number::incrementAndGet,
                round -> {
                    // Series come up one after the other, so that shards grow while they are read.
                    ThreadCounters.Shard mine = counters.mine();
                    mine.add(mine.counters(round % 1000), 1, 1);
                },
                round -> {
                    long sum = 0;
                    for (int series = 0; series < 1000; series++) {
                        sum += counters.sums(series)[1];
                    }
                    assertThat(sum).isBetween(before.get(), (long) round);
                    before.set(sum);
                },
                round -> {});
        long sum = 0;
        for (int series = 0; series < 1000; series++) {
            sum += counters.sums(series)[1];
        }
        assertThat(sum).isEqualTo(number.get());
    }
}
