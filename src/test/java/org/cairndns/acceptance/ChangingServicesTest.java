package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.isOwnNameError;
import static org.cairndns.acceptance.Messages.query;
import static org.cairndns.acceptance.Messages.rcode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.cairndns.acceptance.SeedApi.Endpoint;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xbill.DNS.Message;

/** Services that change while they are asked for: every state is seen soon after its event, and nothing else ever is. */
@ExtendWith(SeedCluster.Resolver.class)
class ChangingServicesTest {
    private static final long LIMIT_MILLIS = 100;
    private static final int ROUNDS = 4;
    private static final String NAMESPACE = "ray";

    private static SeedApi objects;
    private static UpstreamDouble upstream;
    private static TestServer server;

    @BeforeAll
    static void start(SeedCluster cluster) throws Exception {
        objects = cluster.objects();
        objects.namespace(NAMESPACE);
        upstream = new UpstreamDouble().does(UpstreamDouble.address("198.51.100.7"));
        server = TestServer.start(cluster.corefile(upstream));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    /** One sequence of changes on a service of its own. */
    private interface Sequence {
        /** The longest time in milliseconds from a change to its answer. */
        long run(String service) throws IOException;
    }

    /** A round in which the machine was busy with something else is followed by another, four at most. */
    private static void requireVisible(String row, Sequence sequence) throws IOException {
        for (int round = 1; round <= ROUNDS; round++) {
            long millis = sequence.run(row.toLowerCase(java.util.Locale.ROOT) + "-" + round);
            System.out.printf("%s: event to answer at most %d ms%n", row, millis);
            if (millis <= LIMIT_MILLIS) {
                return;
            }
        }
        throw new AssertionError(row + ": not visible within " + LIMIT_MILLIS + " ms in " + ROUNDS + " rounds");
    }

    /** Asks with this pause until the answer is as wanted; every answer until then must be one of those allowed. */
    private static long millisUntil(
            UdpClient client, String qname, int pauseMillis, Predicate<Message> wanted, Predicate<Message> allowed)
            throws IOException {
        long startNanos = System.nanoTime();
        while (true) {
            Message response = client.ask(qname, "A");
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            if (wanted.test(response)) {
                return millis;
            }
            assertThat(allowed.test(response))
                    .as("allowed until the change is seen: %s", response)
                    .isTrue();
            assertThat(millis).as("ms without the change").isLessThan(10_000);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
        }
    }

    private static Predicate<Message> addresses(String... addresses) {
        return response -> new TreeSet<>(answers(response)).equals(Set.of(addresses));
    }

    private static final Predicate<Message> NAME_ERROR = response -> isOwnNameError(response)
            && Messages.soaOf(response).getMinimum() <= 5
            && Messages.soaOf(response).getTTL() <= 5;

    @Test
    void a15_headOfARayClusterMoves_deniedBrieflyThenFound() throws Exception {
        requireVisible("A15", name -> {
            String qname = name + "." + NAMESPACE + ".svc.cluster.local";
            String gcs = SeedApi.port("gcs", 6379);
            objects.headless(NAMESPACE, name, gcs);
            objects.slice(NAMESPACE, name, "a", gcs, List.of(Endpoint.of("10.2.0.1")));
            try (UdpClient client = new UdpClient(server.port())) {
                millisUntil(client, qname, 5, addresses("10.2.0.1"), NAME_ERROR);

                objects.replaceEndpoints(NAMESPACE, name + "-a", List.of());
                long gone = millisUntil(client, qname, 5, NAME_ERROR, addresses("10.2.0.1"));
                objects.replaceEndpoints(NAMESPACE, name + "-a", List.of(Endpoint.of("10.2.0.2")));
                long back = millisUntil(client, qname, 50, addresses("10.2.0.2"), NAME_ERROR);
                return Math.max(gone, back);
            }
        });
    }

    @Test
    void a34_externalNameBecomesServiceThenHeadlessThenNothing_eachStateSeenAndNoMixture() throws Exception {
        requireVisible("A34", name -> {
            String qname = name + "." + NAMESPACE + ".svc.cluster.local";
            String path = SeedApi.services(NAMESPACE) + "/" + name;
            int number = name.charAt(name.length() - 1) - '0';
            String clusterIp = "10.152.183." + (100 + number);
            Predicate<Message> external =
                    response -> answers(response).equals(List.of("www.example.org.", "198.51.100.7"));
            Predicate<Message> clusterIpOnly = addresses(clusterIp);
            Predicate<Message> headless = addresses("10.2.1.1", "10.2.1.2");
            objects.externalName(NAMESPACE, name, "www.example.org");
            objects.slice(
                    NAMESPACE, name, "a", SeedApi.HTTP, List.of(Endpoint.of("10.2.1.1"), Endpoint.of("10.2.1.2")));
            try (UdpClient client = new UdpClient(server.port())) {
                List<Long> millis = new ArrayList<>();
                millisUntil(client, qname, 20, external, NAME_ERROR);

                objects.api().patch(path, """
                        {"spec":{"type":"ClusterIP","externalName":null,"clusterIP":"%s","clusterIPs":["%s"],"ports":[%s]}}""".formatted(clusterIp, clusterIp, SeedApi.HTTP));
                millis.add(millisUntil(client, qname, 20, clusterIpOnly, external));

                // An API does not let a cluster IP go but by way of ExternalName.
                objects.api().patch(path, """
                        {"spec":{"type":"ExternalName","externalName":"www.example.org","clusterIP":null,"clusterIPs":null}}""");
                millis.add(millisUntil(client, qname, 20, external, clusterIpOnly));
                objects.api().patch(path, """
                        {"spec":{"type":"ClusterIP","externalName":null,"clusterIP":"None","clusterIPs":["None"]}}""");
                millis.add(millisUntil(client, qname, 20, headless, external));

                objects.deleteService(NAMESPACE, name);
                millis.add(millisUntil(client, qname, 20, NAME_ERROR, headless));
                return millis.stream().mapToLong(Long::longValue).max().orElseThrow();
            }
        });
    }

    @Test
    void a35_serviceInThreeSlices_unionWithoutGapWhileOneIsReplaced() throws Exception {
        String qname = "a35." + NAMESPACE + ".svc.cluster.local";
        List<Endpoint> first = SeedApi.endpoints("10.35", 0, 100);
        // Ten of the second slice's are in the third too, as while the controller moves them.
        List<Endpoint> second = SeedApi.endpoints("10.36", 0, 100);
        List<Endpoint> third = SeedApi.endpoints("10.36", 90, 100);
        List<Endpoint> replacement = SeedApi.endpoints("10.37", 0, 100);
        objects.headless(NAMESPACE, "a35", SeedApi.HTTP);
        objects.slice(NAMESPACE, "a35", "1", SeedApi.HTTP, first);
        objects.slice(NAMESPACE, "a35", "2", SeedApi.HTTP, second);
        objects.slice(NAMESPACE, "a35", "3", SeedApi.HTTP, third);
        Set<String> kept = addresses(second, third);
        Set<String> before = addresses(first, second, third);
        Set<String> after = addresses(replacement, second, third);
        assertThat(kept).hasSize(190);
        try (TcpClient client = new TcpClient(server.port())) {
            askUntil(client, qname, before, Set.of());

            objects.replaceEndpoints(NAMESPACE, "a35-1", replacement);
            askUntil(client, qname, after, kept);

            // The other way to replace: the new slice is there before the old one goes.
            objects.slice(NAMESPACE, "a35", "4", SeedApi.HTTP, first);
            askUntil(client, qname, addresses(first, replacement, second, third), after);
            objects.deleteSlice(NAMESPACE, "a35-1");
            askUntil(client, qname, before, before);
        }
    }

    /** Asks until these are the addresses; no answer may lack one of those that are always there, or have one twice. */
    private static void askUntil(TcpClient client, String qname, Set<String> wanted, Set<String> always)
            throws IOException {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            Message response = client.ask(query(qname, "A"));
            List<String> addresses = answers(response);
            assertThat(addresses).doesNotHaveDuplicates().containsAll(always);
            if (Set.copyOf(addresses).equals(wanted)) {
                return;
            }
            assertThat(System.nanoTime()).as(rcode(response)).isLessThan(deadlineNanos);
        }
    }

    @SafeVarargs
    private static Set<String> addresses(List<Endpoint>... slices) {
        Set<String> addresses = new TreeSet<>();
        Stream.of(slices).flatMap(List::stream).map(Endpoint::address).forEach(addresses::add);
        return addresses;
    }
}
