package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class UpstreamStateTest {
    private static final Reply.Failed TIME_OUT = new Reply.Failed(Rcode.SERVFAIL, "", EdnsOptions.NETWORK_ERROR);
    private static final Reply.Failed NOBODY = new Reply.Failed(Rcode.SERVFAIL, "", EdnsOptions.NO_REACHABLE_AUTHORITY);
    private static final Reply.Failed BUSY = new Reply.Failed(Rcode.REFUSED, "max_concurrent");
    private static final Reply.Failed UNSENT =
            new Reply.Failed(Rcode.SERVFAIL, "too many queries under way", EdnsOptions.OTHER);
    private static final Reply.Failed UNEXPLAINED = new Reply.Failed(Rcode.SERVFAIL, "next handler");

    private final UpstreamState state = new UpstreamState();

    @Test
    void failed_threeNamesInARow_isDownUntilAResponse() {
        failed(TIME_OUT, "a", "b");
        assertThat(state.isDown(0)).isFalse();
        failed(TIME_OUT, "c");
        assertThat(state.isDown(0)).isTrue();
        state.answered();

        assertThat(state.isDown(0)).isFalse();
    }

    @Test
    void failed_sameNameAgain_isNotDown() {
        failed(TIME_OUT, "a", "a", "a", "a");

        assertThat(state.isDown(0)).isFalse();
    }

    @Test
    void failed_oneNameThatNobodyAnswers_isNotDown() {
        failed(NOBODY, "a", "a", "a", "a");

        assertThat(state.isDown(0)).isFalse();
    }

    @Test
    void failed_threeNames_isDownForHalfAMinute() {
        failed(NOBODY, "a", "b", "c");

        assertThat(state.isDown(TimeUnit.SECONDS.toNanos(29))).isTrue();
        assertThat(state.isDown(TimeUnit.SECONDS.toNanos(30))).isFalse();
    }

    @Test
    void failed_refusedForOurOwnLimits_saysNothing() {
        failed(BUSY, "a", "b", "c");

        assertThat(state.isDown(0)).isFalse();
    }

    @Test
    void failed_queriesThatWereNotSent_saysNothing() {
        failed(UNSENT, "a", "b", "c");

        assertThat(state.isDown(0)).isFalse();
    }

    @Test
    void failed_forNoStatedReason_isDown() {
        failed(UNEXPLAINED, "a", "b", "c");

        assertThat(state.isDown(0)).isTrue();
    }

    private void failed(Reply.Failed reply, String... names) {
        for (String name : names) {
            state.failed(DomainName.of(name + ".example."), reply, 0);
        }
    }
}
