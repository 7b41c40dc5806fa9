package org.cairndns.plugin.authority;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.cairndns.zone.FileStamp;

/** What shows that one of several files was changed, or is there now, without reading them. */
final class FileStamps {
    static final FileStamps NONE = new FileStamps(List.of());

    /** A file, and how it looked where it was there. */
    private record Stamp(Path file, Optional<FileStamp> look) {}

    private final List<Stamp> stamps;

    private FileStamps(List<Stamp> stamps) {
        this.stamps = stamps;
    }

    static FileStamps of(Collection<Path> files) {
        List<Stamp> stamps = new ArrayList<>();
        files.forEach(file -> stamps.add(new Stamp(file, look(file))));
        return new FileStamps(stamps);
    }

    /** True if the files look as they did. */
    boolean isCurrent() {
        return !stamps.isEmpty()
                && stamps.stream().allMatch(stamp -> look(stamp.file()).equals(stamp.look()));
    }

    private static Optional<FileStamp> look(Path file) {
        try {
            return Optional.of(FileStamp.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
