package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The program helm with the chart of the repository; {@code .ci/helm} builds it. */
final class Helm {
    static final Path CHART = Project.root().resolve("deploy/k8s/helm/cairn");
    private static final String BUILT = "cairn/helm-v3.22.0/helm";

    /** How a call ended, with both of its outputs. */
    record Outcome(int exit, String text) {}

    private Helm() {}

    /** Objects of a release {@code coredns} in kube-system, without those of {@code helm test}. */
    static List<Map<String, Object>> template(String... options) {
        return objects(List.of("--skip-tests"), options);
    }

    /** The objects of {@code helm test}. */
    static List<Map<String, Object>> tests(String... options) {
        return objects(List.of("--show-only", "templates/tests/smoke.yaml"), options);
    }

    private static List<Map<String, Object>> objects(List<String> selection, String... options) {
        List<String> arguments = new ArrayList<>(List.of("template", "coredns", CHART.toString(), "-n", "kube-system"));
        arguments.addAll(selection);
        arguments.addAll(List.of(options));
        Outcome outcome = run(Map.of(), arguments);
        assertThat(outcome.exit()).as(outcome.text()).isZero();
        return Manifests.of(outcome.text()).objects();
    }

    /** Runs it; ends the test as skipped where it is not installed. */
    static Outcome run(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Path program() {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        Path cache = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        Stream<Path> onPath =
                Stream.of(environment.getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, "helm"));
        return Stream.concat(Stream.of(cache.resolve(BUILT)), onPath)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(Helm::skip);
    }

    private static Path skip() {
        String reason = "skipped: the chart needs helm, which is neither in PATH nor built by .ci/helm";
        System.out.println(reason);
        return abort(reason);
    }
}
