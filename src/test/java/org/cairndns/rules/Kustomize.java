package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command {@code kubectl kustomize}, which needs no cluster. */
final class Kustomize {
    private Kustomize() {}

    /** Rendered objects of a folder; ends the test as skipped where there is no kubectl. */
    static String render(Path folder) {
        Path kubectl =
                Tool.find("kubectl", "rendering " + Project.name(folder) + " needs kubectl, which is not installed");
        Tool.Outcome outcome = Tool.run(Map.of(), "", List.of(kubectl.toString(), "kustomize", folder.toString()));
        assertThat(outcome.exit()).as(outcome.text()).isZero();
        return outcome.text();
    }
}
