package org.cairndns.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cairndns.acceptance.DnsClient.Answer;
import org.cairndns.acceptance.LoadedService.State;
import org.cairndns.testing.Await;
import org.xbill.DNS.Type;

/** Random changes of a {@link LoadedCluster} while others ask; each answer must show a state that was right meanwhile. */
final class ChangingCluster {
    private static final int ASKERS = 2;

    private final LoadedCluster cluster;
    private final InetSocketAddress server;
    private final AtomicBoolean done = new AtomicBoolean();

    ChangingCluster(LoadedCluster cluster, InetSocketAddress server) {
        this.cluster = cluster;
        this.server = server;
    }

    /** Makes this many changes; the number of answers that were compared. */
    long run(long seed, int changes) throws Exception {
        try (ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
            List<Future<Long>> asking = new ArrayList<>();
            for (int i = 0; i < ASKERS; i++) {
                long askerSeed = seed + 1 + i;
                asking.add(askers.submit(() -> ask(askerSeed)));
            }
            try (DnsClient client = new DnsClient(server)) {
                Random random = new Random(seed);
                for (int i = 0; i < changes; i++) {
                    change(random, i + 1, client);
                }
            } finally {
                done.set(true);
            }
            long compared = 0;
            for (Future<Long> asker : asking) {
                compared += asker.get();
            }
            return compared;
        }
    }

    private void change(Random random, int generation, DnsClient client) {
        LoadedService service = cluster.services().get(random.nextInt(LoadedCluster.SERVICES));
        State now = service.latest();
        if (!now.exists()) {
            boolean headless = random.nextBoolean();
            cluster.create(
                    service,
                    new State(
                            true,
                            headless,
                            headless
                                    ? service.endpoints(LoadedCluster.ENDPOINTS, generation)
                                    : Set.of(service.clusterIp())));
        } else if (now.headless() && random.nextInt(4) > 0) {
            cluster.move(service, service.endpoints(random.nextInt(LoadedCluster.ENDPOINTS + 1), generation));
        } else {
            cluster.delete(service);
        }
        Await.until(service.qname() + " shows " + service.latest(), () -> shows(client, service));
        service.settle();
    }

    private static boolean shows(DnsClient client, LoadedService service) {
        try {
            return client.ask(service.qname(), Type.A).equals(service.latest().a());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long ask(long seed) throws IOException {
        Random random = new Random(seed);
        long compared = 0;
        try (DnsClient client = new DnsClient(server)) {
            while (!done.get()) {
                LoadedService service = cluster.services().get(random.nextInt(LoadedCluster.SERVICES));
                boolean ipv4 = random.nextInt(4) > 0;
                List<State> before = service.states();
                Answer answer = client.ask(service.qname(), ipv4 ? Type.A : Type.AAAA);
                List<State> after = service.states();
                if (!isOneOf(before, answer, ipv4) && !isOneOf(after, answer, ipv4)) {
                    throw new AssertionError(
                            service.qname() + ": " + answer + ", expected one of " + before + " or " + after);
                }
                compared++;
            }
        }
        return compared;
    }

    private static boolean isOneOf(List<State> states, Answer answer, boolean ipv4) {
        return states.stream().anyMatch(state -> (ipv4 ? state.a() : state.aaaa()).equals(answer));
    }

    /** Asks for every service once; each must show its latest state, its cluster IP the name. */
    void compareAll() throws IOException {
        try (DnsClient client = new DnsClient(server)) {
            for (LoadedService service : cluster.services()) {
                require(client.ask(service.qname(), Type.A), service.latest().a(), service.qname());
                if (service.latest().exists() && !service.latest().headless()) {
                    String[] octets = service.clusterIp().split("\\.");
                    String reverse = octets[3] + "." + octets[2] + "." + octets[1] + "." + octets[0] + ".in-addr.arpa.";
                    require(client.ask(reverse, Type.PTR), Answer.of(Set.of(service.qname())), reverse);
                }
            }
        }
    }

    private static void require(Answer actual, Answer expected, String qname) {
        if (!actual.equals(expected)) {
            throw new AssertionError(qname + ": " + actual + ", expected " + expected);
        }
    }
}
