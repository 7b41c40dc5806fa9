package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final int LIMIT_SECONDS = 120;

    @TempDir
    private Path folder;

    @Test
    void training_afterIt_aStartReadsItsArchive() throws Exception {
        String jars = jars();
        Path archive = folder.resolve("cairn.aot");

        String training = run(List.of(
                ServerProcess.java(),
                "-cp",
                jars,
                "org.cairndns.server.training.Training",
                ServerProcess.java(),
                ServerProcess.jvmOptions().toString(),
                jars,
                archive.toString()));
        assertThat(archive).as(training).exists();

        String version = run(List.of(
                ServerProcess.java(),
                "@" + ServerProcess.jvmOptions(),
                "-XX:AOTMode=on",
                "-XX:AOTCache=" + archive,
                "-Xlog:class+load",
                "-cp",
                jars,
                "org.cairndns.server.Main",
                "-version"));
        assertThat(version)
                .contains("Cairn-")
                .containsPattern("org\\.cairndns\\.server\\.Main source: shared objects file")
                .containsPattern("org\\.cairndns\\.kubernetes\\.source\\.ListRun source: shared objects file")
                .containsPattern("sun\\.security\\.ssl\\.ClientHello source: shared objects file");
    }

    /** The class path of this test as an archive can have it: jars only, so folders of classes become jars. */
    private String jars() throws IOException, InterruptedException {
        StringBuilder jars = new StringBuilder();
        int number = 0;
        for (String entry : ServerProcess.classPath().split(":")) {
            if (Files.isDirectory(Path.of(entry))) {
                Path jar = folder.resolve(number++ + ".jar");
                String tool =
                        Path.of(System.getProperty("java.home"), "bin", "jar").toString();
                run(List.of(tool, "--create", "--file", jar.toString(), "-C", entry, "."));
                entry = jar.toString();
            }
            if (Files.exists(Path.of(entry))) {
                jars.append(jars.isEmpty() ? "" : ":").append(entry);
            }
        }
        return jars.toString();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
