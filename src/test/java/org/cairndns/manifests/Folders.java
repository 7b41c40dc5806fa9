package org.cairndns.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cairndns.rules.Project;

/** The folders that are given to {@code kubectl kustomize}. */
public final class Folders {
    /** Manifests of this repository. */
    public static final Path K8S = Project.root().resolve("deploy/k8s");

    private static final Path STOCK =
            Project.root().resolve("src/test/resources").resolve("org/cairndns/manifests/stock");

    private Folders() {}

    /** The base, every overlay and the smoke test, by their names below {@link #K8S}. */
    static List<String> all() {
        try (Stream<Path> folders = Files.list(K8S.resolve("overlays"))) {
            Stream<String> overlays = folders.filter(folder -> Files.exists(folder.resolve("kustomization.yaml")))
                    .map(folder -> "overlays/" + folder.getFileName());
            return Stream.concat(Stream.of("base", "smoke"), overlays).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CoreDNS as a platform has it before a swap. */
    public static Path stock(String platform) {
        return STOCK.resolve(platform);
    }

    /** A new folder below {@code work} that joins an overlay with components, as users do. */
    public static Path joined(Path work, String overlay, String... components) throws IOException {
        Path folder = Files.createTempDirectory(work.toRealPath(), "site-");
        StringBuilder text = new StringBuilder(
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - %s
                """.formatted(folder.relativize(K8S.toRealPath().resolve(overlay))));
        text.append(components.length == 0 ? "" : "components:\n");
        for (String component : components) {
            text.append("  - ")
                    .append(folder.relativize(
                            K8S.toRealPath().resolve("components").resolve(component)))
                    .append('\n');
        }
        Files.writeString(folder.resolve("kustomization.yaml"), text);
        return folder;
    }
}
