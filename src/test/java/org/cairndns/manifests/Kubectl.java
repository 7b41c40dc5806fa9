package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code kubectl}, for one cluster or for none. */
final class Kubectl {
    /** What a run said, and its exit code. */
    record Run(int code, String output) {}

    private final List<String> start;

    private Kubectl(List<String> start) {
        this.start = start;
    }

    /** For what needs no cluster. */
    static Kubectl alone() {
        return new Kubectl(List.of("kubectl"));
    }

    /** For a cluster, as the user of a kubeconfig. */
    static Kubectl at(Path kubeconfig) {
        return new Kubectl(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
    }

    /** Runs it to its end; ends the test as skipped where it is not installed. */
    Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(start);
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            String reason = "skipped: kubectl is not installed";
            System.out.println(reason);
            return abort(reason);
        }
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } finally {
            process.destroy();
        }
    }

    /** Output of a run that must succeed. */
    String output(String... arguments) throws IOException, InterruptedException {
        Run run = run(arguments);
        assertThat(run.code())
                .as(String.join(" ", arguments) + ":\n" + run.output())
                .isZero();
        return run.output();
    }

    /** Rendered objects of a folder. */
    static String render(Path folder) throws IOException, InterruptedException {
        return alone().output("kustomize", folder.toString());
    }
}
