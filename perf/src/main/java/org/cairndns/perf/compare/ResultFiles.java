package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The two files of one run: figures for programs, tables for readers. */
public record ResultFiles(Path folder, String name) {
    /** Writes both; the folder is made if there is none. */
    public void write(Report report) throws IOException {
        Files.createDirectories(folder);
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(folder.resolve(name + ".json"), mapper.writeValueAsString(report) + "\n");
        Files.writeString(folder.resolve(name + ".md"), report.markdown());
    }
}
