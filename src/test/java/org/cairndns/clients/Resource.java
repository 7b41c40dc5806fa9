package org.cairndns.clients;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files beside this class among the resources: zones, and programs that are run or compiled in tests. */
final class Resource {
    private Resource() {}

    /** Copies one into a folder. */
    static Path copy(String name, Path folder) throws IOException {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("no resource " + name);
            }
            Path file = folder.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }
}
