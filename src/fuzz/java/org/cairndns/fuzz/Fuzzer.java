package org.cairndns.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Jazzer in a process of its own: it instruments all that it loads, and libFuzzer ends the process that it runs in. */
final class Fuzzer {
    private final Path corpus;
    private final Path work;

    /**
     * @param corpus folder with a folder of seeds for each target
     * @param work folder for what is found
     */
    Fuzzer(Path corpus, Path work) {
        this.corpus = corpus;
        this.work = work;
    }

    /**
     * Fuzzes a target, the octets of its corpus first. Always with the same seed: a build that failed fails again, and
     * one that passed does not fail for a change elsewhere. What other seeds find is for {@code src/fuzz/run}.
     *
     * @return the end of the log, if something was found
     */
    List<String> run(Target target, int seconds) throws IOException, InterruptedException {
        Path found = Files.createDirectories(work.resolve(target.label()));
        Path log = work.resolve(target.label() + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=org.cairndns.**",
                // Hooks into the classes of libraries cost more than they show, and break one of Netty's.
                "--custom_hook_includes=org.cairndns.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/" + target.label() + "-",
                "-max_total_time=" + seconds,
                "-seed=1",
                "-timeout=120",
                "-rss_limit_mb=2048",
                found.toString(),
                corpus.resolve(target.label()).toString()));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        int exit = process.waitFor();
        List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return exit == 0 ? List.of() : lines.subList(Math.max(0, lines.size() - 40), lines.size());
    }
}
