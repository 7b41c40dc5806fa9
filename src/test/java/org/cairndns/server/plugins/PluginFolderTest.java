package org.cairndns.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.testing.PluginJars;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class PluginFolderTest {
    private static final String NOTHING = "";
    private static final int MAJOR_VERSION = 7;

    @TempDir
    Path work;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(work.resolve("plugins.d"));
    }

    private PluginFolder.Found read() throws IOException {
        return PluginFolder.read(folder, PluginList.builtIn());
    }

    private void jar(String name, String directive, String place, String setUp) throws IOException {
        PluginJars.jar(folder.resolve(name), PluginJars.plugin(work, directive, place, setUp));
    }

    private static List<String> names(PluginFolder.Found found) {
        return found.plugins().plugins().stream().map(Plugin::name).toList();
    }

    @Test
    void sample_inTheFolder_answersInItsPlace() throws Exception {
        PluginJars.sample(folder);

        PluginFolder.Found found = read();

        assertThat(found.faults()).isEmpty();
        List<String> names = names(found);
        assertThat(names.indexOf("hello")).isEqualTo(names.indexOf("acl") + 1);
        String corefile = """
                example.org:0 {
                    bind 127.0.0.1
                    acl {
                        block type TXT net 192.0.2.0/24
                    }
                    hello "Good morning" {
                        ttl 5
                    }
                    whoami
                }
                """;
        try (TestServer server = TestServer.start(corefile, found.plugins())) {
            Message response = server.ask("Hello.example.org", "TXT");
            assertThat(response.getSection(Section.ANSWER))
                    .extracting(Object::toString)
                    .containsExactly("Hello.example.org.\t5\tIN\tTXT\t\"Good morning, 127.0.0.1\"");
            assertThat(server.ask("other.example.org", "A").getSection(Section.ADDITIONAL))
                    .isNotEmpty();
        }
    }

    @Test
    void sample_badOption_isAProblemOfTheCorefile() throws Exception {
        PluginJars.sample(folder);
        PluginList plugins = read().plugins();

        CorefileException refused = catchThrowableOfType(
                CorefileException.class, () -> TestServer.start(". {\n hello {\n  ttl x\n }\n}\n", plugins));

        assertThat(refused).hasMessageStartingWith("Corefile:3:7: bad value for 'ttl'");
    }

    @Test
    void emptyFolderAndOtherFiles_changeNothing() throws IOException {
        Files.writeString(folder.resolve("README"), "jars go here");

        assertThat(read().faults()).isEmpty();
        assertThat(names(read())).isEqualTo(names(new PluginFolder.Found(PluginList.builtIn(), List.of())));
    }

    @Test
    void jars_thatNameEachOthersDirectives_arePlacedInAnyOrder() throws IOException {
        jar("1.jar", "one", "Place.before(\"two\")", NOTHING);
        jar("2.jar", "two", "Place.after(\"cache\")", NOTHING);

        List<String> names = names(read());

        // Behind the place of 'cache' where it keeps answers, its last one.
        int cache = names.lastIndexOf("cache");
        assertThat(names.subList(cache, cache + 3)).containsExactly("cache", "one", "two");
    }

    @Test
    void place_beforeADirectiveWithTwoPlaces_isInFrontOfTheFirst() throws IOException {
        jar("1.jar", "one", "Place.before(\"cache\")", NOTHING);

        List<String> names = names(read());

        assertThat(names.indexOf("one")).isEqualTo(names.indexOf("cache") - 1);
    }

    @Test
    void jar_withNameOfABuiltInDirective_isLeftOut() throws IOException {
        jar("bad.jar", "forward", "Place.after(\"acl\")", NOTHING);

        assertFault("plugin jar bad.jar is left out: directive 'forward' is there already");
    }

    @Test
    void secondJar_withTheSameName_isLeftOut() throws IOException {
        jar("a.jar", "one", "Place.after(\"acl\")", NOTHING);
        jar("b.jar", "one", "Place.after(\"acl\")", NOTHING);

        assertFault("plugin jar b.jar is left out: directive 'one' is there already");
        assertThat(names(read())).contains("one");
    }

    @Test
    void jar_withUnknownPlace_isLeftOut() throws IOException {
        jar("bad.jar", "one", "Place.after(\"nowhere\")", NOTHING);

        assertFault("plugin jar bad.jar is left out: directive 'one' goes after nowhere, which is not there");
    }

    @Test
    void jar_withoutPlaceOrWithOddName_isLeftOut() throws IOException {
        jar("bad.jar", "one", "null", NOTHING);
        jar("odd.jar", "One two", "Place.after(\"acl\")", NOTHING);

        assertThat(read().faults())
                .hasSize(2)
                .anySatisfy(fault ->
                        assertThat(fault).startsWith("plugin jar bad.jar").contains("no place"))
                .anySatisfy(fault ->
                        assertThat(fault).startsWith("plugin jar odd.jar").contains("bad name 'One two'"));
    }

    @Test
    void jar_ofANewerJava_isLeftOut() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>(PluginJars.plugin(work, "one", "Place.after(\"acl\")", NOTHING));
        classes.values().forEach(octets -> octets[MAJOR_VERSION] = 99);
        PluginJars.jar(folder.resolve("new.jar"), classes);

        assertThat(read().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .startsWith("plugin jar new.jar is left out: ")
                        .contains("UnsupportedClassVersionError", "99"));
    }

    @Test
    void jar_whosePluginThrowsWhenMade_isLeftOut() throws IOException {
        PluginJars.jar(folder.resolve("bad.jar"), PluginJars.compile(work, Map.of("org.example.TestPlugin", """
                package org.example;
                import java.util.List;
                import org.cairndns.corefile.*;
                import org.cairndns.plugin.spi.*;
                public final class TestPlugin implements PlacedPlugin {
                    public TestPlugin() { throw new IllegalStateException("no luck today"); }
                    public String name() { return "one"; }
                    public Place place() { return Place.after("acl"); }
                    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {}
                }
                """)));

        assertThat(read().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .startsWith("plugin jar bad.jar is left out: ")
                        .endsWith("IllegalStateException: no luck today"));
    }

    @Test
    void jar_withoutTheClassOfItsService_isLeftOut() throws IOException {
        PluginJars.jar(folder.resolve("empty.jar"), Map.of());

        assertThat(read().faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .startsWith("plugin jar empty.jar is left out: ")
                        .contains("org.example.TestPlugin not found"));
    }

    @Test
    void file_thatIsNoJar_isLeftOut() throws IOException {
        Files.writeString(folder.resolve("text.jar"), "not a zip");

        assertThat(read().faults())
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault).startsWith("plugin jar text.jar is left out: java.util.zip.ZipException"));
    }

    @Test
    void setUp_classMissing_isAProblemWithJarAndDirective() throws IOException {
        withoutHelper("bad.jar", "org.example.Helper.help();");
        PluginList plugins = read().plugins();

        CorefileException refused =
                catchThrowableOfType(CorefileException.class, () -> TestServer.start(". {\n one\n}\n", plugins));

        assertThat(refused)
                .hasMessage("Corefile:2:2: directive 'one' of bad.jar cannot be set up:"
                        + " java.lang.NoClassDefFoundError: org/example/Helper");
    }

    @Test
    void layer_classMissing_isAProblemOfTheBlock() throws IOException {
        withoutHelper("bad.jar", "context.handler(next -> { org.example.Helper.help(); return next; });");
        PluginList plugins = read().plugins();

        CorefileException refused =
                catchThrowableOfType(CorefileException.class, () -> TestServer.start(". {\n one\n}\n", plugins));

        assertThat(refused).hasMessageContaining("Corefile:1:1: ").hasMessageContaining("directive 'one' of bad.jar");
    }

    @Test
    void answer_classMissing_isServfailAndTheServerGoesOn() throws Exception {
        withoutHelper(
                "bad.jar",
                "context.handler(next -> query -> {"
                        + " if (query.qtype() == 16) { org.example.Helper.help(); } return next.handle(query); });");

        try (TestServer server = TestServer.start(".:0 {\n bind 127.0.0.1\n one\n whoami\n}\n", read().plugins())) {
            assertThat(server.ask("a.example", "TXT").getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(server.ask("a.example", "A").getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void readiness_thatThrows_isNotReadyAndThePageAnswers() throws Exception {
        jar(
                "bad.jar",
                "one",
                "Place.after(\"acl\")",
                "context.readiness(() -> { throw new IllegalStateException(); });");
        String corefile = ".:0 {\n bind 127.0.0.1\n one\n ready 127.0.0.1:0\n health 127.0.0.1:0\n whoami\n}\n";

        try (TestServer server = TestServer.start(corefile, read().plugins())) {
            int port = server.server().httpPort(new InetSocketAddress("127.0.0.1", 0));
            HttpResponse<String> ready = get(port, "/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("one");
            assertThat(get(port, "/status.json").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + port + path);
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void jars_withClassesOfTheSameName_doNotMeet() throws IOException {
        jar("a.jar", "one", "Place.after(\"acl\")", NOTHING);
        jar("b.jar", "two", "Place.after(\"acl\")", NOTHING);

        assertThat(read().faults()).isEmpty();
        assertThat(names(read())).contains("one", "two");
    }

    /** A jar whose plugin {@code one} uses a class that it had when it was compiled and lacks now. */
    private void withoutHelper(String name, String setUp) throws IOException {
        Map<String, byte[]> classes = new TreeMap<>(PluginJars.compile(
                work,
                Map.of(
                        "org.example.Helper",
                        "package org.example; public final class Helper { public static void help() {} }",
                        "org.example.TestPlugin",
                        """
                        package org.example;
                        import java.util.List;
                        import org.cairndns.corefile.*;
                        import org.cairndns.plugin.spi.*;
                        public final class TestPlugin implements PlacedPlugin {
                            public String name() { return "one"; }
                            public Place place() { return Place.after("acl"); }
                            public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
                                %s
                            }
                        }
                        """.formatted(setUp))));
        classes.remove("org/example/Helper.class");
        PluginJars.jar(folder.resolve(name), classes);
    }

    private void assertFault(String fault) throws IOException {
        assertThat(read().faults()).containsExactly(fault);
    }
}
