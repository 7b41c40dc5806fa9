package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cairndns.testing.PluginJars;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with a folder that holds the jar of the sample plugin and one that is broken. */
class PluginsFolderTest {
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    Path work;

    private Path folder = Path.of("");

    private record Run(int code, String text) {}

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(work.resolve("plugins.d"));
        PluginJars.sample(folder);
        Files.writeString(folder.resolve("broken.jar"), "not a zip");
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        Path log = work.resolve("log");
        List<String> command = new ArrayList<>(List.of(ServerProcess.java(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", ServerProcess.classPath(), "org.cairndns.server.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(log));
    }

    private String corefile() throws IOException {
        Path file = work.resolve("Corefile");
        Files.writeString(file, ".:1053 {\n    hello\n}\n");
        return file.toString();
    }

    @Test
    void plugins_folderWithABrokenJar_listsTheOthersAndNamesIt() throws Exception {
        Run run = run(Map.of(), "-plugins.dir", folder.toString(), "-plugins");

        assertThat(run.code()).isZero();
        assertThat(run.text().lines())
                .contains("dns.hello (hello-plugin.jar, after acl)", "dns.forward")
                .anySatisfy(line -> assertThat(line).startsWith("plugin jar broken.jar is left out: "));
    }

    @Test
    void plugins_strict_refusesABrokenJar() throws Exception {
        Run run = run(Map.of(), "-plugins.dir", folder.toString(), "-plugins.strict", "-conf", corefile());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).startsWith("plugin jar broken.jar is left out: ").doesNotContain("dns.");
    }

    @Test
    void plugins_folderOfTheEnvironment_isReadByACheck() throws Exception {
        Run with = run(Map.of("CAIRN_PLUGINS_DIR", folder.toString()), "check", corefile());
        Run without = run(Map.of(), "check", corefile());

        assertThat(with.code()).as(with.text()).isZero();
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.text()).contains("Corefile:2:5: error: unknown directive 'hello'");
    }

    @Test
    void plugins_folderThatIsNotThere_isRefused() throws Exception {
        Run run = run(Map.of(), "-plugins.dir", work.resolve("none").toString(), "-plugins");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.text()).startsWith("plugins folder ").contains("does not exist");
    }
}
