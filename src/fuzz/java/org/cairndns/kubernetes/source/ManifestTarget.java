package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.fuzz.Scratch;
import org.cairndns.kubernetes.FuzzedIndex;

/** Any octets as a manifest in YAML or JSON: refused with a place in the file, or objects with names that the index takes. */
public final class ManifestTarget {
    private ManifestTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        read(Scratch.file("fuzz.yaml", octets));
        read(Scratch.file("fuzz.json", octets));
    }

    private static void read(Path file) throws IOException {
        List<ManifestObject> objects;
        try {
            objects = ManifestReader.read(file);
        } catch (ManifestException | IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        FuzzedIndex index = new FuzzedIndex();
        for (ManifestObject object : objects) {
            assertThat(object.name()).isNotEmpty();
            object.projected().putTo(index.changes());
        }
        index.assertAnswers();
    }
}
