package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamSurroundingsTest {
    private static final InetAddress SERVICE = InetAddress.ofLiteral("10.96.0.10");

    @TempDir
    private Path folder;

    private final FakeServer server = new FakeServer();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final LogCapture log = new LogCapture();
    private final List<List<String>> used = new ArrayList<>();
    private Path file;
    private Path systemFile;

    @BeforeEach
    void files() {
        file = folder.resolve("resolv.conf");
        systemFile = folder.resolve("resolved.conf");
    }

    @AfterEach
    void close() {
        log.close();
    }

    private UpstreamNames keeper(List<String> servers, UpstreamTarget... more) {
        UpstreamFile named = new UpstreamFile("resolv.conf", file);
        List<UpstreamTarget> targets = new ArrayList<>(List.of(named));
        targets.addAll(List.of(more));
        UpstreamSurroundings surroundings = new UpstreamSurroundings(
                List.of(named),
                systemFile,
                new OwnListeners(() -> servers, SERVICE::equals),
                Conditions.of(server.meters()));
        UpstreamNames names = new UpstreamNames(
                targets,
                AddressLookup.ofSystem(),
                addresses ->
                        used.add(addresses.stream().map(UpstreamAddress::label).toList()),
                scheduler,
                surroundings);
        names.start();
        return names;
    }

    private void write(Path where, String... servers) throws IOException {
        Files.write(where, Arrays.stream(servers).map(s -> "nameserver " + s).toList());
    }

    private static UpstreamTarget upstream(String address, int port, Scheme scheme) {
        return new UpstreamAddress(new InetSocketAddress(InetAddress.ofLiteral(address), port), scheme, "");
    }

    private List<String> lines(String part) {
        return log.lines().stream().filter(line -> line.contains(part)).toList();
    }

    private List<String> conditions() {
        return server.metrics("cairn_condition{").stream()
                .filter(line -> line.endsWith(" 1.0"))
                .toList();
    }

    @Test
    void fileMissing_isAConditionUntilItNamesAnUpstream() throws Exception {
        keeper(List.of("dns://:53"));
        assertThat(used).isEmpty();
        assertThat(lines("is not there, names that only upstreams know get SERVFAIL"))
                .hasSize(1);
        assertThat(conditions())
                .containsExactly("cairn_condition{condition=\"resolv_conf_unusable\",subject=\"resolv.conf\"} 1.0");

        scheduler.advance(Duration.ofSeconds(20));
        write(file, "192.0.2.1");
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(used).containsExactly(List.of("192.0.2.1:53"));
        assertThat(lines("is not there")).hasSize(1);
        assertThat(lines("names an upstream")).hasSize(1);
        assertThat(conditions()).isEmpty();
    }

    @Test
    void stubOfSystemdResolved_givesWayToTheServersBehindIt() throws Exception {
        write(file, "127.0.0.53");
        write(systemFile, "192.0.2.7", "127.0.0.53");

        keeper(List.of("dns://:53"));

        assertThat(used).containsExactly(List.of("192.0.2.7:53"));
        assertThat(lines("upstream 127.0.0.53:53 is this server itself")).hasSize(1);
        assertThat(lines("names this server alone, so those of " + systemFile + " are asked: 192.0.2.7:53"))
                .hasSize(1);
    }

    @Test
    void loopbackOnAPortThatIsNotOurs_isAnUpstreamLikeAnyOther() throws Exception {
        write(file, "127.0.0.53", "::1");

        keeper(List.of("dns://:1053", "tls://:53", "dns://127.0.0.1:53"));

        assertThat(used).containsExactly(List.of("127.0.0.53:53", "[0:0:0:0:0:0:0:1]:53"));
    }

    @Test
    void ownAddressesAndService_areLeftOutOthersStay() throws Exception {
        write(file, "192.0.2.1", "10.96.0.10", "127.0.0.1");

        keeper(
                List.of("dns://127.0.0.1:53", "tls://:853"),
                upstream("127.0.0.1", 853, Scheme.TLS),
                upstream("127.0.0.1", 854, Scheme.DNS));

        assertThat(used).containsExactly(List.of("192.0.2.1:53", "127.0.0.1:854"));
        assertThat(conditions()).hasSize(3).allMatch(line -> line.contains("upstream_is_self"));
    }

    @Test
    void resolverOfDocker_isNeverUs() throws Exception {
        write(file, "127.0.0.11");

        keeper(List.of("dns://:53"));

        assertThat(used).containsExactly(List.of("127.0.0.11:53"));
    }

    @Test
    void fileThatCannotBeReadForAMoment_keepsItsServers() throws Exception {
        write(file, "192.0.2.1");
        keeper(List.of("dns://:53"));
        Files.delete(file);
        Files.createDirectory(file);

        scheduler.advance(Duration.ofSeconds(4));

        assertThat(used).hasSize(1);
    }

    @Test
    void stop_conditionsAreDroppedAndNothingIsLookedAt() throws Exception {
        UpstreamNames names = keeper(List.of("dns://:53"));
        names.stop();

        write(file, "192.0.2.1");
        scheduler.advance(Duration.ofSeconds(4));

        assertThat(used).isEmpty();
        assertThat(conditions()).isEmpty();
    }
}
