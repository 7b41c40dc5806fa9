package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private static final Reply CAME = failed("came");

    private final List<Reply> told = new ArrayList<>();

    @Test
    void then_replyThatIsThere_isDoneAtOnce() {
        assertThat(reason(CAME.then(add("1")))).isEqualTo("came1");
    }

    @Test
    void complete_stepsBefore_areDoneInOrderThenTheListenerIsTold() {
        Reply.Pending pending = new Reply.Pending();
        Reply result = pending.then(add("1")).then(add("2"));
        listen(result);
        assertThat(told).isEmpty();
        pending.complete(CAME);

        assertThat(told)
                .singleElement()
                .satisfies(reply -> assertThat(reason(reply)).isEqualTo("came12"));
    }

    @Test
    void then_afterCompletion_worksOnTheResultOfTheStepsBefore() {
        Reply.Pending pending = new Reply.Pending();
        Reply result = pending.then(add("1"));
        pending.complete(CAME);

        assertThat(reason(result.then(add("2")))).isEqualTo("came12");
    }

    @Test
    void whenDone_afterCompletion_isToldAtOnce() {
        Reply.Pending pending = new Reply.Pending();
        pending.complete(CAME);
        listen(pending);

        assertThat(told).containsExactly(CAME);
    }

    @Test
    void complete_withoutListener_stepsAreDoneAllTheSame() {
        Reply.Pending pending = new Reply.Pending();
        pending.then(reply -> {
            told.add(reply);
            return reply;
        });
        pending.complete(CAME);

        assertThat(told).containsExactly(CAME);
    }

    @Test
    void complete_twice_theFirstHolds() {
        Reply.Pending pending = new Reply.Pending();
        listen(pending);
        pending.complete(CAME);
        pending.complete(failed("late"));

        assertThat(told).containsExactly(CAME);
    }

    @Test
    void then_stepThatAsksOn_theStepsBehindItWaitToo() {
        Reply.Pending pending = new Reply.Pending();
        Reply.Pending inner = new Reply.Pending();
        listen(pending.then(reply -> inner).then(add("2")));
        pending.complete(CAME);
        assertThat(told).isEmpty();
        inner.complete(failed("inner"));

        assertThat(told)
                .singleElement()
                .satisfies(reply -> assertThat(reason(reply)).isEqualTo("inner2"));
    }

    @Test
    void then_stepThatThrows_isAFailureForTheNext() {
        Reply.Pending pending = new Reply.Pending();
        listen(pending.then(reply -> {
                    throw new IllegalStateException("broken");
                })
                .then(add("2")));
        pending.complete(CAME);

        assertThat(told).singleElement().satisfies(reply -> {
            assertThat(((Reply.Failed) reply).rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(reason(reply)).contains("broken").endsWith("2");
        });
    }

    @Test
    void complete_whileAnotherThreadAddsSteps_eachStepIsDoneOnce() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            Reply.Pending pending = new Reply.Pending();
            CountDownLatch start = new CountDownLatch(1);
            Thread completer = Thread.ofPlatform().start(() -> {
                await(start);
                pending.complete(CAME);
            });
            start.countDown();
            Reply reply = pending;
            for (int i = 0; i < 5; i++) {
                reply = reply.then(add(String.valueOf(i)));
            }
            CountDownLatch done = new CountDownLatch(1);
            String[] reason = new String[1];
            if (reply instanceof Reply.Pending late) {
                late.whenDone(came -> {
                    reason[0] = reason(came);
                    done.countDown();
                });
                await(done);
            } else {
                reason[0] = reason(reply);
            }
            completer.join();
            assertThat(reason[0]).isEqualTo("came01234");
        }
    }

    private void listen(Reply reply) {
        ((Reply.Pending) reply).whenDone(told::add);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static UnaryOperator<Reply> add(String text) {
        return reply -> failed(reason(reply) + text);
    }

    private static Reply failed(String reason) {
        return new Reply.Failed(Rcode.SERVFAIL, reason);
    }

    private static String reason(Reply reply) {
        return ((Reply.Failed) reply).reason();
    }
}
