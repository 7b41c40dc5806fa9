package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program {@code kubectl}, for one cluster or for none. */
public final class Kubectl {
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
        command.set(0, Tool.find("kubectl", "kubectl is not installed").toString());
        command.addAll(List.of(arguments));
        Tool.Outcome outcome = Tool.run(Map.of(), command);
        return new Run(outcome.exit(), outcome.text());
    }

    /** Output of a run that must succeed. */
    public String output(String... arguments) throws IOException, InterruptedException {
        Run run = run(arguments);
        assertThat(run.code())
                .as(String.join(" ", arguments) + ":\n" + run.output())
                .isZero();
        return run.output();
    }

    /** Rendered objects of a folder. */
    public static String render(Path folder) throws IOException, InterruptedException {
        return alone().output("kustomize", folder.toString());
    }
}
