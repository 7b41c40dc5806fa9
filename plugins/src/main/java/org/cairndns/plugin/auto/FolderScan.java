package org.cairndns.plugin.auto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairndns.wire.DomainName;

/**
 * The zone files in a folder and the folders below, found once.
 *
 * <p>Links to files count as files, links to folders are not followed but for the first folder itself, so a volume of a
 * ConfigMap shows each file twice; the second is passed over in silence. Blocks.
 */
final class FolderScan {
    private final OriginTemplate origins;
    private final Map<DomainName, Path> files = new LinkedHashMap<>();
    private final List<String> troubles = new ArrayList<>();

    private FolderScan(OriginTemplate origins) {
        this.origins = origins;
    }

    /** Looks through a folder. */
    static FolderScan of(Path folder, OriginTemplate origins) {
        FolderScan scan = new FolderScan(origins);
        scan.folder(folder);
        return scan;
    }

    /** File by zone; of several files for a zone the first in the order of names, as in CoreDNS. */
    Map<DomainName, Path> files() {
        return files;
    }

    /** What could not be read or was left out, a line each. */
    List<String> troubles() {
        return troubles;
    }

    private void folder(Path folder) {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted(Comparator.comparing(FolderScan::name)).toList();
        } catch (IOException e) {
            troubles.add("error reading " + folder + ": " + e);
            return;
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                folder(entry);
            } else {
                origins.origin(name(entry)).ifPresent(origin -> file(origin, entry));
            }
        }
    }

    private void file(DomainName origin, Path file) {
        Optional<Path> first = Optional.ofNullable(files.putIfAbsent(origin, file));
        if (first.isPresent() && !isSame(first.get(), file)) {
            troubles.add("Multiple zone files match origin \"" + origin + "\": using \"" + first.get()
                    + "\" instead of \"" + file + "\"");
        }
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
