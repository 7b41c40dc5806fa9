package org.cairndns.plugin.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy {@code weighted} with its file. */
class WeightedTest {
    private static final long SEED = 20261125;
    private static final int ROUNDS = 6000;
    private static final DomainName WEB = DomainName.of("web.example");
    private static final List<String> THREE = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");
    private static final String WEIGHTED = "loadbalance weighted weights";

    @TempDir
    private Path folder;

    private Path file;
    private FakeServer server;
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void createServer() {
        server = new FakeServer(folder);
        file = folder.resolve("weights");
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void weighted_threeAddresses_firstOnesByWeight() throws IOException {
        write("# weights\n\n  WEB.example\n10.0.0.1 3\n\t10.0.0.2\t1\n10.0.0.3 2\n10.0.0.3 200\n");

        Map<String, Integer> firsts = firsts(start(WEIGHTED), "web.example.", "A", THREE);

        assertShares(firsts, Map.of("10.0.0.1", 3, "10.0.0.2", 1, "10.0.0.3", 2));
    }

    @Test
    void weighted_addressWithoutWeight_countsOne() throws IOException {
        write("web.example.\n10.0.0.1 4\nother.example\n10.0.0.2 200\n");

        assertShares(
                firsts(start(WEIGHTED), "web.example.", "A", THREE),
                Map.of("10.0.0.1", 4, "10.0.0.2", 1, "10.0.0.3", 1));
    }

    @Test
    void weighted_ipv6_hasWeightsToo() throws IOException {
        write("web.example.\n2001:db8::2 3\n");

        assertShares(
                firsts(start(WEIGHTED), "web.example.", "AAAA", List.of("2001:db8::1", "2001:db8::2")),
                Map.of("2001:db8:0:0:0:0:0:1", 1, "2001:db8:0:0:0:0:0:2", 3));
    }

    @Test
    void weighted_chosenAddress_changesPlacesWithTheFirst() throws IOException {
        write("web.example\n10.0.0.3 255\n");

        List<String> answer = records(Queries.of("web.example.", "A"), start(WEIGHTED), addresses(THREE));

        assertThat(answer).containsExactly("10.0.0.3", "10.0.0.2", "10.0.0.1");
    }

    @Test
    void weighted_otherQuestion_passesUnchanged() throws IOException {
        write("web.example\n10.0.0.3 255\n");
        Reply reply = addresses(THREE);

        assertThat(start(WEIGHTED).chain(any -> reply).handle(Queries.of("web.example.", "ANY")))
                .isSameAs(reply);
    }

    @Test
    void reload_changedContent_isTakenAfterTheInterval() throws IOException {
        write("web.example\n10.0.0.1 255\n");
        FakeBlock block = start(WEIGHTED + " {\nreload 10s\n}");

        write("web.example\n10.0.0.2 255\n");
        server.scheduler().advance(Duration.ofSeconds(9));
        assertThat(mostOften(block)).isEqualTo("10.0.0.1");
        server.scheduler().advance(Duration.ofSeconds(1));
        assertThat(mostOften(block)).isEqualTo("10.0.0.2");
        server.scheduler().advance(Duration.ofSeconds(60));

        assertThat(log.lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).endsWith("plugin/loadbalance: Successfully reloaded weight file " + file));
    }

    @Test
    void reload_brokenOrMissingFile_keepsTheWeightsAndSaysSoOnce() throws IOException {
        write("web.example\n10.0.0.2 255\n");
        FakeBlock block = start(WEIGHTED);

        write("web.example\n10.0.0.1 255\n10.0.0.2 0\n");
        server.scheduler().advance(Duration.ofSeconds(90));
        assertThat(mostOften(block)).isEqualTo("10.0.0.2");
        Files.delete(file);
        server.scheduler().advance(Duration.ofSeconds(90));
        assertThat(mostOften(block)).isEqualTo("10.0.0.2");
        write("web.example\n10.0.0.3 255\n");
        server.scheduler().advance(Duration.ofSeconds(30));
        assertThat(mostOften(block)).isEqualTo("10.0.0.3");

        assertThat(log.lines().subList(1, log.lines().size()))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .endsWith("plugin/loadbalance: Weights stay as they are: " + file
                                        + ":3: expected a weight from 1 to 255, got '0'"),
                        line -> assertThat(line).endsWith("plugin/loadbalance: Failed to open weight file " + file),
                        line -> assertThat(line).endsWith("Successfully reloaded weight file " + file));
    }

    @Test
    void reload_zero_looksNoMore() throws IOException {
        write("web.example\n10.0.0.2 255\n");

        FakeBlock block = start(WEIGHTED + " {\nreload 0\n}");

        assertThat(server.scheduler().waiting()).isZero();
        assertThat(mostOften(block)).isEqualTo("10.0.0.2");
    }

    @Test
    void stop_afterStart_looksNoMore() throws IOException {
        write("web.example\n10.0.0.1 255\n");
        FakeBlock block = start(WEIGHTED);

        block.stop();
        write("web.example\n10.0.0.2 255\n");
        server.scheduler().advance(Duration.ofSeconds(90));

        assertThat(mostOften(block)).isEqualTo("10.0.0.1");
    }

    @Test
    void setup_missingFile_isAWarningAndLookedForAgain() throws IOException {
        FakeBlock block = start(WEIGHTED);

        assertThat(block.warnings())
                .containsExactly("Corefile:2:22: weight file '" + file
                        + "' does not exist or cannot be opened, it is looked for again");
        assertThat(log.lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).endsWith("Failed to open weight file " + file + ". Will try again in 30s"));
        server.scheduler().advance(Duration.ofSeconds(60));
        assertThat(log.lines()).hasSize(1);
        write("web.example\n10.0.0.2 255\n");
        server.scheduler().advance(Duration.ofSeconds(30));
        assertThat(mostOften(block)).isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | 1: expected a weight behind the address, got '10.0.0.1'",
                "web.example; 10.0.0.1;| 2: expected a weight behind the address, got '10.0.0.1'",
                "10.0.0.1 1 | 1: expected a line with a domain name in front of the first address, got '10.0.0.1 1'",
                "# a;web.example;10.0.0.256 1 | 3: expected an IP address, got '10.0.0.256'",
                "web.example;10.0.0.1 0 | 2: expected a weight from 1 to 255, got '0'",
                "web.example;10.0.0.1 256 | 2: expected a weight from 1 to 255, got '256'",
                "web.example;10.0.0.1 +1 | 2: expected a weight from 1 to 255, got '+1'",
                "web.example;10.0.0.1 99999999999 | 2: expected a weight from 1 to 255, got '99999999999'",
                "web.example;10.0.0.1 1 # a | 2: expected a name, or an address and a weight, got '10.0.0.1 1 # a'",
                "web..example | 1: expected a domain name, got 'web..example'",
            })
    void setup_badWeightFile_isAProblemWithItsLine(String text, String fault) throws IOException {
        write(text.replace(';', '\n'));

        assertThat(block(WEIGHTED).problems()).containsExactly("Corefile:2:22: bad weight file: " + file + ":" + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loadbalance weighted | 2:1: wrong number of arguments for 'loadbalance', expected 2, got 1",
                "loadbalance weighted weights x | 2:30: wrong number of arguments for 'loadbalance', expected 2, got 3",
                "loadbalance weighted weights {;reload;} | 3:1: wrong number of arguments for 'reload', expected 1, got 0",
                "loadbalance weighted weights {;reload 1s 2s;} | 3:11: wrong number of arguments for 'reload', expected 1,"
                        + " got 2",
                "loadbalance weighted weights {;reload 10;} | 3:8: bad value for 'reload', expected a duration of at least"
                        + " 0s, got '10'",
                "loadbalance weighted weights {;reload -1s;} | 3:8: bad value for 'reload', expected a duration of at least"
                        + " 0s, got '-1s'",
                "loadbalance weighted weights {;prefer ::/0;} | 3:1: unknown property 'prefer' of 'loadbalance', expected"
                        + " one of reload",
            })
    void setup_wrongValue_isAProblemAtItsPlace(String directive, String problem) throws IOException {
        write("web.example\n10.0.0.1 1\n");

        assertThat(block(directive.replace(';', '\n')).problems()).containsExactly("Corefile:" + problem);
    }

    @Test
    void setup_missingFileThatIsNotLookedForAgainOrAFolder_isAProblem() throws IOException {
        assertThat(block(WEIGHTED + " {\nreload 0s\n}").problems())
                .containsExactly("Corefile:2:22: weight file '" + file
                        + "' does not exist or cannot be opened, and 'reload 0' says not to look for it again");
        Files.createDirectory(file);
        assertThat(block(WEIGHTED).problems())
                .containsExactly("Corefile:2:22: bad weight file: " + file
                        + ": expected a regular file of at most 8388608 octets");
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    private FakeBlock block(String directive) {
        Random random = new Random(SEED);
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new LoadbalancePlugin(() -> random));
    }

    private FakeBlock start(String directive) {
        FakeBlock block = block(directive);
        assertThat(block.problems()).isEmpty();
        return block.start();
    }

    private static String mostOften(FakeBlock block) {
        return firsts(block, "web.example.", "A", THREE).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static Map<String, Integer> firsts(FakeBlock block, String qname, String qtype, List<String> addresses) {
        Query query = Queries.of(qname, qtype);
        Reply reply = addresses(addresses);
        Map<String, Integer> firsts = new TreeMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            firsts.merge(records(query, block, reply).getFirst(), 1, Integer::sum);
        }
        return firsts;
    }

    private static List<String> records(Query query, FakeBlock block, Reply downstream) {
        Reply reply = block.chain(any -> downstream).handle(query);
        return Queries.records(Queries.render(query, reply), org.xbill.DNS.Section.ANSWER).stream()
                .map(record -> record.substring(record.lastIndexOf(' ') + 1))
                .toList();
    }

    private static Reply addresses(List<String> texts) {
        ResponseBuilder builder = new ResponseBuilder(WEB);
        for (String text : texts) {
            builder.address(
                    Section.ANSWER, WEB, 30, IpAddress.parse(text).orElseThrow().octets());
        }
        return new Reply.Answered(builder.build());
    }

    /** Within five standard deviations of what the weights promise. */
    private static void assertShares(Map<String, Integer> firsts, Map<String, Integer> weights) {
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        weights.forEach((address, weight) -> {
            double share = (double) weight / sum;
            double deviation = Math.sqrt(ROUNDS * share * (1 - share));
            assertThat((double) firsts.getOrDefault(address, 0))
                    .as("%s with seed %d", address, SEED)
                    .isCloseTo(ROUNDS * share, within(5 * deviation));
        });
    }
}
