package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cairndns.rules.Project;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** The example of a repository that Flux follows, and what Flux makes of it. */
final class FluxTree {
    static final Path FOLDER = Project.root().resolve("deploy/k8s/flux");
    static final Path CLUSTER = FOLDER.resolve("clusters/production");

    /** Flux's own source, which its bootstrap makes, and whose root is the folder. */
    static final String OWN_SOURCE = "flux-system";

    private FluxTree() {}

    /** Everything that Flux applies, from the folder of the cluster on, by kind and name. */
    static Map<String, Map<String, Object>> applied() {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        List<Path> folders = new ArrayList<>(List.of(CLUSTER));
        while (!folders.isEmpty()) {
            for (Map<String, Object> object :
                    Manifests.rendered(folders.removeFirst()).objects()) {
                assertThat(found.put(key(object), object))
                        .as("twice: %s", key(object))
                        .isNull();
                if (isFlux(object, "Kustomization") && isOwn(object)) {
                    folders.add(folder(object));
                }
            }
        }
        return found;
    }

    static String key(Map<String, Object> object) {
        return object.get("kind") + " " + Yaml.at(object, "metadata.name");
    }

    static boolean isFlux(Map<String, Object> object, String kind) {
        return kind.equals(object.get("kind"))
                && String.valueOf(object.get("apiVersion")).contains(".fluxcd.io/");
    }

    /** True for what comes from this repository of the cluster, not from Cairn's. */
    static boolean isOwn(Map<String, Object> kustomization) {
        return OWN_SOURCE.equals(Yaml.at(kustomization, "spec.sourceRef.name"));
    }

    /** The folder that a Kustomization builds. */
    static Path folder(Map<String, Object> kustomization) {
        Path root = isOwn(kustomization) ? FOLDER : Project.root();
        return root.resolve(String.valueOf(Yaml.at(kustomization, "spec.path"))).normalize();
    }

    /** The objects of a Kustomization of Flux: its folder with the images, patches and components of its spec. */
    static Manifests build(Map<String, Object> kustomization, Path work) {
        Map<String, Object> overlay = new TreeMap<>();
        Map<String, Object> spec = Yaml.map(kustomization, "spec");
        overlay.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        overlay.put("kind", "Kustomization");
        overlay.put("resources", List.of(work.relativize(folder(kustomization)).toString()));
        Stream.of("images", "patches")
                .forEach(key -> Optional.ofNullable(spec.get(key)).ifPresent(value -> overlay.put(key, value)));
        try {
            String text = new Dump(DumpSettings.builder().build()).dumpToString(overlay);
            Files.writeString(work.resolve("kustomization.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Manifests.rendered(work);
    }
}
