package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.RepeatingLoop;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.zone.SuffixTable;
import org.junit.jupiter.api.Test;

/** Answers of the cluster that an event loop sent before, while the cluster changes. */
class RepeatedClusterAnswersTest {
    private static final long SEED = 20261126;
    private static final int MIN_ASKED = 100_000;
    private static final int MIN_CHANGES = 10_000;

    /** As many as there are addresses in 10.0.0.0/8. */
    private static final int MAX_CHANGES = 1 << 24;

    private static final Set<ObjectKind> KINDS = EnumSet.allOf(ObjectKind.class);
    private static final List<DomainName> ZONES =
            List.of(DomainName.of("cluster.local"), DomainName.of("in-addr.arpa"), DomainName.of("clusterset.local"));
    private static final List<String> NAMESPACES = List.of("shop", "bank");
    private static final List<String> SERVICES = List.of("web", "db");

    private final ClusterIndex index =
            new ClusterIndex(KINDS, false, () -> Instant.ofEpochSecond(1_795_354_802L), 4711);
    private final ClusterChanges changes = index.writer(ProgrammingListener.NONE);

    private RepeatingLoop loop(boolean ignoreEmpty, String fallthrough) {
        ClusterZoneOptions options = new ClusterZoneOptions(
                        ZONES, 30, 5, PodMode.VERIFIED, Set.of(), ignoreEmpty, false)
                .withMulticlusterZones(Set.of(ZONES.getLast()));
        Map<DomainName, Boolean> others = fallthrough.isEmpty() ? Map.of() : Map.of(DomainName.of(fallthrough), true);
        KubernetesHandler handler = new KubernetesHandler(
                new ClusterZone(index, options, () -> List.of(InetAddress.ofLiteral("10.0.0.10"))),
                new SuffixTable<>(others),
                query -> new Reply.Answered(Response.bare(Rcode.NOERROR)),
                query -> new Reply.Answered(Response.bare(Rcode.REFUSED)));
        return new RepeatingLoop(handler, System::nanoTime);
    }

    private static List<byte[]> questions() {
        List<String> names = new ArrayList<>(List.of(
                "cluster.local.",
                "svc.cluster.local.",
                "ns.dns.cluster.local.",
                "dns-version.cluster.local.",
                "nope.cluster.local.",
                "example.org.",
                "10.in-addr.arpa.",
                "0.10.in-addr.arpa."));
        for (int i = 1; i <= 4; i++) {
            names.add(i + ".0.0.10.in-addr.arpa.");
            names.add("10-0-0-" + i + ".shop.pod.cluster.local.");
        }
        for (String namespace : NAMESPACES) {
            names.add(namespace + ".svc.cluster.local.");
            names.add(namespace + ".pod.cluster.local.");
            for (String service : SERVICES) {
                String name = service + "." + namespace + ".svc.cluster.local.";
                names.addAll(List.of(
                        name,
                        service + "." + namespace + ".svc.clusterset.local.",
                        name.toUpperCase(java.util.Locale.ROOT),
                        "h1." + name,
                        "_http._tcp." + name));
            }
        }
        List<byte[]> questions = new ArrayList<>();
        for (String name : names) {
            for (int type : new int[] {
                RecordType.A,
                RecordType.AAAA,
                RecordType.SRV,
                RecordType.PTR,
                RecordType.NS,
                RecordType.ANY,
                RecordType.AXFR
            }) {
                questions.add(RepeatingLoop.query(name, type, questions.size()));
            }
        }
        return questions;
    }

    @Test
    void ask_afterEachOfManyChanges_isWhatTheHandlersSayNow() {
        System.out.println("seed " + SEED);
        follow(new Random(SEED), loop(false, ""));
    }

    @Test
    void ask_afterEachOfManyChangesWithoutEmptyServices_isWhatTheHandlersSayNow() {
        follow(new Random(SEED + 1), loop(true, "cluster.local"));
    }

    private void follow(Random random, RepeatingLoop loop) {
        List<byte[]> questions = questions();
        KINDS.forEach(changes::listStarted);
        for (int change = 0; change < 400; change++) {
            if (change == 40) {
                KINDS.forEach(changes::listFinished);
            }
            change(random);
            for (byte[] question : questions) {
                int times = random.nextInt(4);
                for (int i = 0; i < times; i++) {
                    assertThat(loop.ask(question))
                            .as(
                                    "change %s, question %s",
                                    change, new String(question, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .isEqualTo(loop.handle(question));
                }
            }
        }
        System.out.println("repeated: " + loop.repeated());
        assertThat(loop.repeated()).isGreaterThan(10_000);
    }

    private void change(Random random) {
        String namespace = NAMESPACES.get(random.nextInt(2));
        String service = SERVICES.get(random.nextInt(2));
        switch (random.nextInt(12)) {
            case 0, 1 -> changes.putNamespace(namespace);
            case 2 -> changes.remove(ObjectKind.NAMESPACE, "", namespace);
            case 3, 4, 5 -> changes.put(service(random, namespace, service));
            case 6 -> changes.remove(ObjectKind.SERVICE, namespace, service);
            case 7, 8 -> changes.put(slice(random, namespace, service));
            case 9 -> changes.remove(ObjectKind.ENDPOINT_SLICE, namespace, service + "-" + random.nextInt(2));
            case 10 -> {
                if (random.nextBoolean()) {
                    changes.put(new PodEntry(namespace, "pod", List.of(address(random))));
                } else {
                    changes.remove(ObjectKind.POD, namespace, "pod");
                }
            }
            default -> {
                if (random.nextBoolean()) {
                    changes.putImport(service(random, namespace, service));
                } else {
                    changes.remove(ObjectKind.SERVICE_IMPORT, namespace, service);
                }
            }
        }
        if (random.nextInt(20) == 0) {
            // A list that has only some of what was there.
            changes.listStarted(ObjectKind.SERVICE);
            changes.put(service(random, namespace, service));
            changes.listFinished(ObjectKind.SERVICE);
            changes.listStarted(ObjectKind.ENDPOINT_SLICE);
            changes.put(slice(random, namespace, service));
            changes.listFinished(ObjectKind.ENDPOINT_SLICE);
        }
    }

    private static ServiceEntry service(Random random, String namespace, String name) {
        ServiceKind kind = ServiceKind.values()[random.nextInt(ServiceKind.values().length)];
        List<InetAddress> ips = kind == ServiceKind.CLUSTER_IP ? List.of(address(random)) : List.of();
        String target = kind == ServiceKind.EXTERNAL_NAME ? "db.shop.svc.cluster.local" : "";
        return new ServiceEntry(namespace, name, kind, ips, target, List.of(new PortEntry("http", "TCP", 80)));
    }

    private static SliceEntry slice(Random random, String namespace, String service) {
        return new SliceEntry(
                        namespace,
                        service + "-" + random.nextInt(2),
                        service,
                        List.of(new PortEntry("http", "TCP", 8080)),
                        random.nextInt(4) == 0
                                ? List.of()
                                : List.of(new EndpointEntry(address(random), random.nextBoolean() ? "h1" : "", "")),
                        OptionalLong.empty())
                .withImport(random.nextBoolean() ? service : "", "c1");
    }

    private static InetAddress address(Random random) {
        return InetAddress.ofLiteral("10.0.0." + (1 + random.nextInt(4)));
    }

    /** Change n is the address n of a service, or for some n a namespace that is gone. */
    @Test
    void ask_whileTheClusterChanges_isNeverOlderThanTheLastChangeBefore() throws Exception {
        KINDS.forEach(changes::listStarted);
        changes.putNamespace("shop");
        changes.put(numbered(0));
        KINDS.forEach(changes::listFinished);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int n = 1; !stopped.get() && n < MAX_CHANGES; n++) {
                begun.set(n);
                switch (n % 8) {
                    case 3 -> changes.remove(ObjectKind.NAMESPACE, "", "shop");
                    case 6 -> changes.remove(ObjectKind.SERVICE, "shop", "web");
                    default -> {
                        // The new address first: with the namespace it would show an old one.
                        changes.put(numbered(n));
                        changes.putNamespace("shop");
                    }
                }
                done.set(n);
                if (n % 64 == 0) {
                    Thread.yield();
                }
            }
        });
        RepeatingLoop loop = loop(false, "");
        byte[] question = RepeatingLoop.query("web.shop.svc.cluster.local.", RecordType.A, 1);
        int asked = 0;
        while (writer.isAlive() && (asked < MIN_ASKED || done.get() < MIN_CHANGES)) {
            int floor = done.get();
            byte[] response = loop.ask(question);
            int ceiling = begun.get();
            asked++;
            assertBetween(floor, ceiling, response);
        }
        stopped.set(true);
        writer.join();
        System.out.println("asked " + asked + ", repeated " + loop.repeated());
        assertThat(loop.repeated()).isPositive();
    }

    private static void assertBetween(int floor, int ceiling, byte[] response) {
        if ((response[3] & 0x0f) == Rcode.NXDOMAIN) {
            boolean gone = false;
            for (int n = floor; n <= ceiling && !gone; n++) {
                gone = isGone(n);
            }
            assertThat(gone).as("gone between %s and %s", floor, ceiling).isTrue();
            return;
        }
        int end = response.length;
        int shown = (response[end - 3] & 0xff) << 16 | (response[end - 2] & 0xff) << 8 | response[end - 1] & 0xff;
        assertThat(shown).isBetween(floor, ceiling);
    }

    private static boolean isGone(int n) {
        return n % 8 == 3 || n % 8 == 6;
    }

    private static ServiceEntry numbered(int n) {
        InetAddress address = InetAddress.ofLiteral("10." + (n >> 16) + "." + (n >> 8 & 0xff) + "." + (n & 0xff));
        return new ServiceEntry("shop", "web", ServiceKind.CLUSTER_IP, List.of(address), "", List.of());
    }
}
