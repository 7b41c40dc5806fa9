package org.cairndns.plugin.auto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Section;

class AutoPluginTest {
    private static final String ZONE = """
            $TTL 300
            @ SOA ns hostmaster %d 2 3 4 60
            @ NS ns
            www A 192.0.2.%d
            """;

    @TempDir
    private Path folder;

    private FakeServer server;
    private int writes;
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void createServer() {
        server = new FakeServer(folder);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + writes++)));
        return path;
    }

    private FakeBlock block(String directive) {
        FakeBlock block = new FakeBlock(server, ". {\n " + directive + "\n}", new AutoPlugin());
        assertThat(block.problems()).isEmpty();
        return block.start();
    }

    private static Handler chain(FakeBlock block) {
        return block.chain(query -> Reply.Dropped.INSTANCE);
    }

    /** The address of www in a zone, or the RCODE. */
    private static String ask(Handler chain, String zone) {
        Query query = Queries.of("www." + zone, "A");
        Reply reply = chain.handle(query);
        List<String> answers = Queries.records(Queries.render(query, reply), Section.ANSWER);
        return answers.isEmpty()
                ? Rcode.text(((Reply.Answered) reply).response().rcode())
                : answers.getFirst().replaceFirst(".* ", "");
    }

    @Test
    void setup_directoryOnly_filesNamedDbLookedAtEveryMinute() throws Exception {
        write("zones/db.example.org", ZONE.formatted(1, 10));
        write("zones/below/db.example.net", ZONE.formatted(1, 11));
        write("zones/example.com", ZONE.formatted(1, 12));
        Handler chain = chain(block("auto {\n directory zones\n}"));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        assertThat(ask(chain, "EXAMPLE.net.")).isEqualTo("192.0.2.11");
        assertThat(ask(chain, "example.com.")).isEqualTo("REFUSED");
        write("zones/db.example.org", ZONE.formatted(2, 20));
        write("zones/db.sub.example.org", ZONE.formatted(1, 21));
        Files.delete(folder.resolve("zones/below/db.example.net"));
        server.scheduler().advance(Duration.ofSeconds(59));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        server.scheduler().advance(Duration.ofSeconds(1));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.20");
        assertThat(ask(chain, "sub.example.org.")).isEqualTo("192.0.2.21");
        assertThat(ask(chain, "example.net.")).isEqualTo("REFUSED");
        assertThat(log.lines())
                .contains(
                        "INFO plugin/auto: Inserting zone `example.org.' from: "
                                + folder.resolve("zones/db.example.org"),
                        "INFO plugin/auto: Inserting zone `sub.example.org.' from: "
                                + folder.resolve("zones/db.sub.example.org"),
                        "INFO plugin/auto: Deleting zone `example.net.'");
    }

    @Test
    void setup_zones_onlyNamesInThem() throws Exception {
        write("zones/db.example.org", ZONE.formatted(1, 10));
        write("zones/db.example.com", ZONE.formatted(1, 11));
        Handler chain = chain(block("auto example.org {\n directory zones\n}"));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        assertThat(ask(chain, "example.com.")).isEqualTo("REFUSED");
    }

    @Test
    void setup_twoDirectives_eachItsFolder() throws Exception {
        write("one/db.example.org", ZONE.formatted(1, 10));
        write("two/example.com.zone", ZONE.formatted(1, 11));
        Handler chain = chain(block("auto {\n directory one\n}\n auto {\n directory two ^(.*)\\.zone$ {1}\n}"));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        assertThat(ask(chain, "example.com.")).isEqualTo("192.0.2.11");
    }

    @Test
    void reload_zero_folderReadOnce() throws Exception {
        write("zones/db.example.org", ZONE.formatted(1, 10));
        block("auto {\n directory zones\n reload 0\n}");
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void reload_interval_thatOften() throws Exception {
        FakeBlock block = block("auto {\n directory zones\n reload 45s\n}");
        assertThat(block.warnings())
                .containsExactly("Corefile:3:12: folder '" + folder.resolve("zones")
                        + "' does not exist, it is looked for again");
        Handler chain = chain(block);
        write("zones/db.example.org", ZONE.formatted(1, 10));
        server.scheduler().advance(Duration.ofSeconds(44));
        assertThat(ask(chain, "example.org.")).isEqualTo("REFUSED");
        server.scheduler().advance(Duration.ofSeconds(1));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        block.stop();
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void look_brokenFiles_loggedOnceAndReadWhenMended() throws Exception {
        write("zones/db.example.org", ZONE.formatted(1, 10));
        write("zones/db.example.com", ZONE.formatted(1, 11) + "x A 1\n");
        Handler chain = chain(block("auto {\n directory zones\n}"));
        write("zones/db.example.org", ZONE.formatted(2, 20) + "x A 1\n");
        server.scheduler().advance(Duration.ofMinutes(3));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        assertThat(ask(chain, "example.com.")).isEqualTo("REFUSED");
        assertThat(log.lines().stream().filter(line -> line.contains("address")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("WARNING plugin/auto: Parsing zone \"example.com.\": "
                        + folder.resolve("zones/db.example.com") + ":5: "));
        write("zones/db.example.com", ZONE.formatted(1, 30));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(ask(chain, "example.com.")).isEqualTo("192.0.2.30");
    }

    @Test
    void look_severalFilesForAZone_firstByName() throws Exception {
        write("zones/a/db.example.org", ZONE.formatted(1, 10));
        write("zones/db.example.org", ZONE.formatted(1, 11));
        Handler chain = chain(block("auto {\n directory zones\n}"));
        server.scheduler().advance(Duration.ofMinutes(2));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        assertThat(log.lines().stream().filter(line -> line.startsWith("WARNING")))
                .containsExactly("WARNING plugin/auto: Multiple zone files match origin \"example.org.\": using \""
                        + folder.resolve("zones/a/db.example.org") + "\" instead of \""
                        + folder.resolve("zones/db.example.org") + "\"");
    }

    /** As the kubelet replaces the files of a ConfigMap. */
    @Test
    void look_volumeOfAConfigMap_newVersionRead() throws Exception {
        write("volume/..2026_1/db.example.org", ZONE.formatted(1, 10));
        Path data = folder.resolve("volume/..data");
        Files.createSymbolicLink(data, Path.of("..2026_1"));
        Files.createSymbolicLink(folder.resolve("volume/db.example.org"), Path.of("..data/db.example.org"));
        Handler chain = chain(block("auto {\n directory volume\n}"));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.10");
        write("volume/..2026_2/db.example.org", ZONE.formatted(2, 20));
        Files.delete(data);
        Files.createSymbolicLink(data, Path.of("..2026_2"));
        Files.delete(folder.resolve("volume/..2026_1/db.example.org"));
        Files.delete(folder.resolve("volume/..2026_1"));
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(ask(chain, "example.org.")).isEqualTo("192.0.2.20");
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARNING") || line.startsWith("SEVERE"));
    }

    @Test
    void look_zones_areSourcesOfTransfersThatTellOfChanges() throws Exception {
        write("zones/db.example.org", ZONE.formatted(1, 10));
        FakeBlock block = block("auto {\n directory zones\n}");
        List<DomainName> changed = new ArrayList<>();
        block.settings().zoneChanges().listen(changed::add);
        assertThat(block.settings().transferSources().getFirst().zone(DomainName.of("Example.org.")))
                .containsInstanceOf(TransferableZone.Ready.class);
        assertThat(block.settings().transferSources().getFirst().zone(DomainName.of("org.")))
                .isEmpty();
        write("zones/db.example.com", ZONE.formatted(1, 10));
        server.scheduler().advance(Duration.ofMinutes(2));
        assertThat(changed).containsExactly(DomainName.of("example.com."));
    }

    @Test
    void look_newZone_isServedWhenItIsToldOf() throws Exception {
        FakeBlock block = block("auto {\n directory zones\n}");
        List<Boolean> served = new ArrayList<>();
        block.settings()
                .zoneChanges()
                .listen(apex -> served.add(
                        block.settings().transferSources().getFirst().zone(apex).isPresent()));
        write("zones/db.example.com", ZONE.formatted(1, 10));
        write("zones/db.example.org", "@ is no zone");
        server.scheduler().advance(Duration.ofMinutes(2));
        write("zones/db.example.org", ZONE.formatted(1, 10));
        server.scheduler().advance(Duration.ofMinutes(2));

        assertThat(served).containsExactly(true, true);
    }

    @ParameterizedTest
    @CsvSource({
        "'db\\.(.*)', {1}, db.example.org, example.org.",
        "'db\\.(.*)', {1}, db.Example.ORG, example.org.",
        "'db\\.(.*)', {1}, www.db.example.org, example.org.",
        "'db\\.(.*)', {1}, example.org, none",
        "'db\\.(.*)', {1}, db.a..b, none",
        "'(.*)\\.(.*)\\.zone', {2}.{1}, a.b.zone, b.a.",
        "'(.*)\\.zone', $1, example.org.zone, example.org.",
        "'(.*)\\.zone', {1}.{7}, example.org.zone, example.org.",
        "'(?P<name>.*)\\.zone', {name}.org, example.zone, example.org.",
        "'(.*)\\.zone', fixed, example.zone, fixed.",
        "'(.*)\\.zone', '{1', example.zone, '{1.'",
    })
    void origin_nameOfAFile_byExpressionAndTemplate(String expression, String template, String file, String origin) {
        OriginTemplate origins = new OriginTemplate(Pattern.compile(expression), template);
        assertThat(origins.origin(file).map(DomainName::toString).orElse("none"))
                .isEqualTo(origin);
    }

    @Test
    void setup_wrongValues_problemsWithPlaceAndRemedy() {
        assertProblem("reload", "3:2: wrong number of arguments for 'reload', expected 1, got 0");
        assertProblem("reload -1s", "3:9: bad value for 'reload', expected a duration of at least 0s, got '-1s'");
        assertProblem("directory", "3:2: wrong number of arguments for 'directory', expected 1 to 3, got 0");
        assertProblem(
                "directory . ( {1}",
                "3:14: bad value for 'directory', expected a regular expression in RE2 syntax (missing closing )), got '('");
        assertProblem(
                "directory . (.*)",
                "3:2: missing value for 'directory', expected a template such as {1} behind the expression, got end of"
                        + " line");
        assertProblem(
                "directory . abc {1}",
                "3:14: bad value for 'directory', expected a regular expression with a group in parentheses, got 'abc'");
        assertProblem(
                "directory . " + "a".repeat(10_001) + " {1}",
                "3:14: bad value for 'directory', expected a regular expression of at most 10000 characters, got 10001"
                        + " characters");
        assertProblem(
                "directory . (.*) {1} 60",
                "3:23: the TIMEOUT of 'directory' of 'auto' was removed from CoreDNS in 1.5.0");
        assertProblem("no_reload", "3:2: 'no_reload' of 'auto' was removed from CoreDNS in 1.5.0");
        assertProblem(
                "fallthrough", "3:2: unknown property 'fallthrough' of 'auto', expected one of directory, reload");
    }

    private void assertProblem(String property, String expected) {
        FakeBlock block = new FakeBlock(server, ". {\n auto {\n " + property + "\n}\n}", new AutoPlugin());
        assertThat(block.problems()).singleElement().asString().startsWith("Corefile:" + expected);
    }

    @Test
    void setup_withoutDirectoryOrWithUpstream_warnings() {
        FakeBlock block = block("auto {\n upstream\n}");
        assertThat(block.warnings())
                .anyMatch(warning -> warning.equals("Corefile:2:2: 'auto' without 'directory' serves no zone"))
                .anyMatch(warning -> warning.contains("'upstream' of 'auto' is ignored"));
        assertThat(ask(chain(block), "example.org.")).isEqualTo("REFUSED");
    }
}
