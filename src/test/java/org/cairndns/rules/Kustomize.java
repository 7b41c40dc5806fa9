package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The command {@code kubectl kustomize}, which needs no cluster. */
final class Kustomize {
    private Kustomize() {}

    /** Rendered objects of a folder; ends the test as skipped where there is no kubectl. */
    static String render(Path folder) {
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            String reason = "skipped: rendering " + Project.name(folder) + " needs kubectl, which is not installed";
            System.out.println(reason);
            return abort(reason);
        }
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(out).isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroy();
        }
    }
}
