package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.ManualScheduler;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class LateRepliesTest {
    private static final Reply.Failed CAME = new Reply.Failed(Rcode.SERVFAIL, "came");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final LateReplies late = new LateReplies(1_000_000_000, scheduler::nanoTime, scheduler);
    private final List<Reply> told = new ArrayList<>();

    @Test
    void inTime_replyComes_isIt() {
        Reply.Pending reply = new Reply.Pending();
        late.inTime(reply).whenDone(told::add);
        scheduler.advance(Duration.ofMillis(900));
        reply.complete(CAME);
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(told).containsExactly(CAME);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void inTime_replyComesLate_isNot() {
        Reply.Pending reply = new Reply.Pending();
        late.inTime(reply).whenDone(told::add);
        scheduler.advance(Duration.ofMillis(1100));
        reply.complete(CAME);

        assertThat(told).containsExactly(LateReplies.LATE);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void inTime_oneAfterTheOther_eachHasItsTime() {
        late.inTime(new Reply.Pending()).whenDone(told::add);
        scheduler.advance(Duration.ofMillis(500));
        Reply.Pending second = new Reply.Pending();
        late.inTime(second).whenDone(told::add);
        scheduler.advance(Duration.ofMillis(600));
        assertThat(told).containsExactly(LateReplies.LATE);
        second.complete(CAME);

        assertThat(told).containsExactly(LateReplies.LATE, CAME);
    }
}
