package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.rules.Project;

/** The program helm with the chart of the repository; {@code .ci/helm} builds it. */
final class Helm {
    static final Path CHART = Project.root().resolve("deploy/k8s/helm/cairn");
    private static final String BUILT = "cairn/helm-v3.22.0/helm";

    private Helm() {}

    /** Objects of a release {@code coredns} in kube-system, without those of {@code helm test}. */
    static List<Map<String, Object>> template(String... options) {
        return Manifests.of(text(List.of("--skip-tests"), options)).objects();
    }

    /** The objects of {@code helm test}. */
    static List<Map<String, Object>> tests(String... options) {
        return Manifests.of(text(List.of("--show-only", "templates/tests/smoke.yaml"), options))
                .objects();
    }

    /**
     * What it renders.
     *
     * @param selection options that choose among the templates
     */
    static String text(List<String> selection, String... options) {
        List<String> arguments = new ArrayList<>(List.of("template", "coredns", CHART.toString(), "-n", "kube-system"));
        arguments.addAll(selection);
        arguments.addAll(List.of(options));
        Tool.Outcome outcome = run(Map.of(), arguments);
        assertThat(outcome.exit()).as(outcome.text()).isZero();
        return outcome.text();
    }

    /** Runs it. */
    static Tool.Outcome run(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(arguments);
        return Tool.run(environment, command);
    }

    /** Where it is; ends the test as skipped where it is not installed. */
    static Path program() {
        Map<String, String> own = System.getenv();
        Path cache = Optional.ofNullable(own.get("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(own.getOrDefault("HOME", "/"), ".cache"));
        String reason = "the chart needs helm, which is neither in PATH nor built by .ci/helm";
        return Tool.find("helm", reason, cache.resolve(BUILT));
    }
}
