package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a forger who does not see the queries would have to guess (RFC 5452 4.5, 9.2): ids and ports of 10,000 of them. */
class QueryEntropyTest {
    private static final int QUERIES = 10_000;
    private static final int AT_A_TIME = 100;

    private final ForwardFixture forward = new ForwardFixture();
    private final UpstreamDouble upstream = forward.upstream(UpstreamDouble.address("10.0.0.1"));

    @AfterEach
    void close() throws Exception {
        forward.close();
    }

    private List<UpstreamDouble.Ask> asks() {
        forward.with(List.of(upstream), "max_concurrent 0");
        for (int done = 0; done < QUERIES; done += AT_A_TIME) {
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                replies.add(forward.begin(Queries.of("q" + (done + i) + ".example.", "A")));
            }
            replies.forEach(LoopServer::await);
        }
        return upstream.asks();
    }

    @Test
    void queries_tenThousand_haveIdsAndPortsThatNobodyForesees() {
        List<UpstreamDouble.Ask> asks = asks();
        List<Integer> ids =
                asks.stream().map(ask -> ask.query().getHeader().getID()).toList();

        // 16 ranges and the 16 lowest values, 625 each by chance: six standard deviations away happens once in a
        // lifetime.
        assertUniform(ids.stream().map(id -> id >> 12).toList());
        assertUniform(ids.stream().map(id -> id & 15).toList());
        // Of 10,000 random ids 9,276 are different ones; of those counted up all would be.
        assertThat(Set.copyOf(ids)).hasSizeBetween(9_100, 9_450);
        assertUniform(
                differences(ids).stream().map(difference -> difference >> 12).toList());

        Set<Integer> ports =
                asks.stream().map(UpstreamDouble.Ask::sourcePort).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ports).as("sockets are renewed").hasSizeGreaterThanOrEqualTo(QUERIES / ConnectionKind.UDP.maxSent());
        assertThat(ports).hasSizeGreaterThanOrEqualTo(12);
        List<Integer> sorted = List.copyOf(ports);
        assertThat(sorted.getLast() - sorted.getFirst()).as("ports are spread").isGreaterThan(2_000);
        assertThat(asks.stream()
                        .map(UpstreamDouble.Ask::sourcePort)
                        .limit(1_000)
                        .distinct())
                .as("more than one socket at a time")
                .hasSizeGreaterThan(2);
    }

    private static List<Integer> differences(List<Integer> ids) {
        List<Integer> differences = new ArrayList<>();
        for (int i = 1; i < ids.size(); i++) {
            differences.add(ids.get(i) - ids.get(i - 1) & 0xffff);
        }
        return differences;
    }

    /** Values of 0 to 15, each of which must come about as often. */
    private static void assertUniform(List<Integer> values) {
        for (int value = 0; value < 16; value++) {
            int wanted = value;
            assertThat(values.stream().filter(each -> each == wanted).count())
                    .as("value %d", value)
                    .isBetween(475L, 775L);
        }
    }
}
