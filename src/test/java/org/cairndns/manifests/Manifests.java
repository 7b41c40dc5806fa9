package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Kubernetes objects of a YAML text, most kinds of which occur once. */
record Manifests(List<Map<String, Object>> objects) {
    static Manifests of(String text) {
        List<Map<String, Object>> objects = new ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(document -> {
            if (document != null) {
                objects.add(Yaml.asMap(document));
            }
        });
        return new Manifests(objects);
    }

    /** Objects that a folder renders to. */
    static Manifests rendered(Path folder) {
        try {
            return of(Kubectl.render(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    List<Map<String, Object>> all(String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .toList();
    }

    Map<String, Object> only(String kind) {
        List<Map<String, Object>> found = all(kind);
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    String name(String kind) {
        return text(kind, "metadata.name");
    }

    String text(String kind, String path) {
        return String.valueOf(Yaml.at(only(kind), path));
    }

    Map<String, Object> map(String kind, String path) {
        return Yaml.map(only(kind), path);
    }

    List<Map<String, Object>> list(String kind, String path) {
        return Yaml.maps(only(kind), path);
    }
}
