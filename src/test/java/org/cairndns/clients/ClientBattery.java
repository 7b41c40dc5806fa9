package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.cairndns.clients.Conversation.Seen;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every client that looks up names in a pod of the namespace {@code data} must see.
 *
 * <p>No look-up may take as long as a client waits before it asks again: whoever gets no usable answer to one of a pair of
 * A and AAAA waits 5 seconds (glibc, musl, Go, c-ares until 1.21), 2 seconds (c-ares since) or one (JNDI).
 */
@ExtendWith(SharedHomelab.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientBattery {
    private static final int MOST = 2_500;

    @TempDir
    static Path work;

    private Homelab homelab;
    private Pod pod;
    private Conversation client;

    /** The command of the client; skips the test if a program of it is missing. */
    abstract List<String> command(Path work) throws Exception;

    /** Whether the client goes through the search list; if not, it is given whole names. */
    boolean searches() {
        return true;
    }

    /** How many of a hundred addresses the client takes, in its versions. */
    List<Integer> addressesTaken() {
        return List.of(Homelab.WIDE);
    }

    /** Less than the client waits for an answer; a look-up takes milliseconds on a machine with nothing else to do. */
    int maxMillis() {
        return MOST;
    }

    /** What the client makes of addresses of one family while the upstream fails the other. */
    String verdictOnHalf() {
        return "ok";
    }

    /** How long that may take. */
    int maxMillisOnHalf() {
        return maxMillis();
    }

    @BeforeAll
    void start(Homelab shared) throws Exception {
        List<String> command = command(work);
        homelab = shared;
        pod = shared.client("data");
        client = Conversation.with(pod, command);
        // What a program does only once is not the look-up's.
        client.ask("any", "kubernetes.default.svc.cluster.local");
    }

    @AfterAll
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    final Homelab homelab() {
        return homelab;
    }

    /** The pod that the client runs in. */
    final Pod pod() {
        return pod;
    }

    /** Has the client look up a name, in time. */
    final Seen ask(String kind, String name) throws Exception {
        return ask(kind, name, maxMillis());
    }

    /** A busy machine may hold up a look-up; an answer that does not come holds up the second one as well. */
    private Seen ask(String kind, String name, int maxMillis) throws Exception {
        Seen seen = client.ask(kind, name);
        if (seen.millis() >= maxMillis) {
            seen = client.ask(kind, name);
        }
        assertThat(seen.millis())
                .as("milliseconds for %s %s: %s", kind, name, seen)
                .isLessThan(maxMillis);
        return seen;
    }

    /** Has the client look up a name of the cluster, whole if it does not search. */
    private Seen askService(String kind, String name, String namespace) throws Exception {
        String asked = name + (namespace.equals("data") ? "" : "." + namespace);
        return ask(kind, searches() ? asked : name + "." + namespace + ".svc.cluster.local");
    }

    private static void assertItems(Seen seen, String... items) {
        assertThat(seen.items()).as("%s", seen).containsExactlyInAnyOrder(items);
        assertThat(seen.verdict()).isEqualTo("ok");
    }

    private static void assertNone(Seen seen) {
        assertThat(seen.verdict()).as("%s", seen).isEqualTo("none");
    }

    @Test
    void serviceOfTheOwnNamespace_itsClusterIpAndNoIpv6() throws Exception {
        assertItems(askService("any", "postgresql", "data"), "10.152.183.40");
        assertItems(askService("4", "postgresql", "data"), "10.152.183.40");
        assertNone(askService("6", "postgresql", "data"));
    }

    @Test
    void serviceOfAnotherNamespace_itsClusterIp() throws Exception {
        assertItems(askService("any", "grafana", "monitoring"), "10.152.183.51");
    }

    @Test
    void wholeName_withAndWithoutTheLastDot() throws Exception {
        assertItems(ask("any", "grafana.monitoring.svc.cluster.local"), "10.152.183.51");
        assertItems(ask("any", "grafana.monitoring.svc.cluster.local."), "10.152.183.51");
    }

    @Test
    void headlessService_everyEndpointAndEachByItsHostName() throws Exception {
        assertItems(askService("any", "redis-headless", "data"), "10.1.1.0", "10.1.1.1", "10.1.1.2");
        assertItems(askService("any", "redis-node-1.redis-headless", "data"), "10.1.1.1");
    }

    @Test
    void externalName_theAddressesOfWhatItNames() throws Exception {
        assertItems(askService("any", "ext-api", "networking"), "203.0.113.10");
        assertItems(askService("any", "ext-in", "networking"), "10.152.183.40");
    }

    @Test
    void outsideName_itsAddressesOfBothFamilies() throws Exception {
        assertItems(ask("any", "api.example.com"), "203.0.113.10");
        assertItems(ask("any", "www.example.com"), "203.0.113.11", "2001:db8:0:0:0:0:0:11");
    }

    @Test
    void nameThatIsNowhere_notFoundAtOnce() throws Exception {
        assertNone(askService("any", "nowhere", "data"));
        assertNone(askService("any", "nowhere", "monitoring"));
        assertNone(ask("any", "nowhere.monitoring.svc.cluster.local."));
        assertNone(ask("any", "nowhere.example.com"));
    }

    @Test
    void hundredEndpoints_asManyAsTheClientTakes() throws Exception {
        List<String> all =
                IntStream.range(0, Homelab.WIDE).mapToObj(i -> "10.1.100." + i).toList();

        Seen seen = askService("any", "wide", "clients");

        assertThat(seen.items()).doesNotHaveDuplicates();
        assertThat(seen.items().size()).isIn(addressesTaken());
        assertThat(all).containsAll(seen.items());
    }

    @Test
    void upstreamThatFailsOneFamily_knownVerdict() throws Exception {
        Seen seen = ask("any", "half.example.com", maxMillisOnHalf());

        assertThat(seen.verdict()).as("%s", seen).isEqualTo(verdictOnHalf());
    }

    @Test
    void endpointsThatChange_seenByTheNextLookUp() throws Exception {
        String service = "moving-" + getClass().getSimpleName().toLowerCase(Locale.ROOT);
        homelab.headless("clients", service, "10.1.7.1");
        assertItems(askService("any", service, "clients"), "10.1.7.1");

        homelab.headless("clients", service, "10.1.7.2");
        assertMoved(askService("any", service, "clients"), "10.1.7.1", "10.1.7.2");
        homelab.headless("clients", service);
        assertGone(askService("any", service, "clients"), "10.1.7.1");
        homelab.headless("clients", service, "10.1.7.3");
        assertMoved(askService("any", service, "clients"), "10.1.7.1", "10.1.7.3");
    }

    /** What the client sees right after an endpoint has moved. */
    void assertMoved(Seen seen, String before, String now) {
        assertItems(seen, now);
    }

    /** What the client sees right after the last endpoint has gone. */
    void assertGone(Seen seen, String before) {
        assertNone(seen);
    }
}
