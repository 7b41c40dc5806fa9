package org.cairndns.plugin.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What shows that one of several files was changed, without reading them: times and sizes, also of those not there. */
final class FileStamps {
    static final FileStamps NONE = new FileStamps(List.of());

    private record Stamp(Path file, String attributes) {}

    private final List<Stamp> stamps;

    private FileStamps(List<Stamp> stamps) {
        this.stamps = stamps;
    }

    static FileStamps of(Collection<Path> files) {
        List<Stamp> stamps = new ArrayList<>();
        files.forEach(file -> stamps.add(new Stamp(file, attributes(file))));
        return new FileStamps(stamps);
    }

    /** True if the files look as they did. */
    boolean isCurrent() {
        return !stamps.isEmpty()
                && stamps.stream().allMatch(stamp -> attributes(stamp.file()).equals(stamp.attributes()));
    }

    private static String attributes(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Optional<Object> key = Optional.ofNullable(now.fileKey());
            return now.lastModifiedTime() + " " + now.size() + " " + key.orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
