package org.cairndns.plugin.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutsPluginTest {
    @Test
    void timeouts_oneOption_leavesTheOthersOpen() {
        FakeBlock block = block("timeouts {\n read 15s\n }");

        assertThat(block.problems()).isEmpty();
        assertThat(block.settings().timeouts())
                .isEqualTo(new StreamTimeouts(
                        Optional.of(Duration.ofSeconds(15)), Optional.empty(), Optional.empty(), OptionalInt.empty()));
        assertThat(block.hasHandler()).isFalse();
    }

    @Test
    void timeouts_allOptions_areKept() {
        assertThat(timeouts("timeouts {\n read 1s\n write 24h\n idle 90\n maxtcpqueries 128\n }"))
                .isEqualTo(new StreamTimeouts(
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofHours(24)),
                        Optional.of(Duration.ofSeconds(90)),
                        OptionalInt.of(128)));
    }

    @Test
    void maxtcpqueries_minusOne_isNoLimit() {
        assertThat(timeouts("timeouts {\n maxtcpqueries -1\n }").maxQueries()).hasValue(StreamTimeouts.UNLIMITED);
    }

    @Test
    void timeouts_givenTwice_addUpAndTheLastHolds() {
        StreamTimeouts both = timeouts("timeouts {\n read 2s\n idle 3s\n }\ntimeouts {\n idle 4s\n }");

        assertThat(both.read()).contains(Duration.ofSeconds(2));
        assertThat(both.idle()).contains(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read 999ms        | Corefile:3:7: bad value for 'read', expected a duration from 1s to 24h, got '999ms'
            write 25h         | Corefile:3:8: bad value for 'write', expected a duration from 1s to 24h, got '25h'
            idle 0            | Corefile:3:7: bad value for 'idle', expected a duration from 1s to 24h, got '0'
            idle soon         | Corefile:3:7: bad value for 'idle', expected a duration from 1s to 24h, got 'soon'
            idle -5           | Corefile:3:7: bad value for 'idle', expected a duration from 1s to 24h, got '-5'
            read              | Corefile:3:2: wrong number of arguments for 'read', expected 1, got 0
            read 1s 2s        | Corefile:3:10: wrong number of arguments for 'read', expected 1, got 2
            maxtcpqueries 0   | Corefile:3:2: bad value for 'maxtcpqueries', expected a number of at least 1, or -1 for no limit, got '0'
            maxtcpqueries -2  | Corefile:3:16: bad value for 'maxtcpqueries', expected an integer from -1 to 2147483647, got '-2'
            maxtcpqueries all | Corefile:3:16: bad value for 'maxtcpqueries', expected an integer from -1 to 2147483647, got 'all'
            connect 3s        | Corefile:3:2: unknown property 'connect' of 'timeouts', expected one of read, write, idle, maxtcpqueries
            """)
    void option_wrongValue_isAProblemAtItsPlace(String option, String problem) {
        assertThat(block("timeouts {\n " + option + "\n }").problems()).containsExactly(problem);
    }

    @Test
    void timeouts_thatSetNothing_areAProblem() {
        String nothing =
                "Corefile:2:1: 'timeouts' sets nothing, expected at least one of read, write, idle," + " maxtcpqueries";
        for (String directive : List.of("timeouts", "timeouts {\n }")) {
            assertThat(block(directive).problems()).containsExactly(nothing);
        }
        assertThat(block("timeouts 5s {\n read 5s\n }").problems())
                .containsExactly("Corefile:2:10: wrong number of arguments for 'timeouts', expected none, got 1");
    }

    private static StreamTimeouts timeouts(String directives) {
        FakeBlock block = block(directives);
        assertThat(block.problems()).isEmpty();
        return block.settings().timeouts();
    }

    private static FakeBlock block(String directives) {
        return new FakeBlock(new FakeServer(), ". {\n" + directives + "\n}\n", new TimeoutsPlugin());
    }
}
