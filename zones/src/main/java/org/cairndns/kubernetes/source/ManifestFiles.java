package org.cairndns.kubernetes.source;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cairndns.zone.FileStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of manifest files as they were when each file could be read last; one thread.
 *
 * <p>A problem is told when it appears, and again only when it was gone or is another one.
 */
final class ManifestFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestSource.class);

    /**
     * A file.
     *
     * @param stamp of the content that was looked at last
     * @param objects of the content that could be read last
     * @param problem with the content that was looked at last, empty if there is none
     */
    private record Known(FileStamp stamp, List<ManifestObject> objects, String problem) {}

    private final Consumer<String> problems;
    private final Map<Path, Known> files = new TreeMap<>();

    /**
     * No files yet.
     *
     * @param problems hears of each problem, in one line
     */
    ManifestFiles(Consumer<String> problems) {
        this.problems = problems;
    }

    /**
     * Reads the files that are new or changed, and forgets those that are gone.
     *
     * @param changed files to read whatever their stamps say
     */
    void refresh(FolderScan scan, Set<Path> changed) {
        files.keySet().removeIf(file -> !scan.files().containsKey(file) && !scan.isUnknown(file));
        scan.files().forEach((file, stamp) -> {
            Known known = files.get(file);
            if (known == null || !known.stamp.equals(stamp) || changed.contains(file)) {
                files.put(file, read(file, stamp, known == null ? new Known(stamp, List.of(), "") : known));
            }
        });
    }

    private Known read(Path file, FileStamp stamp, Known before) {
        String problem;
        try {
            List<ManifestObject> objects = ManifestReader.read(file);
            if (!before.problem.isEmpty()) {
                LOG.info("{}: in order again, {} objects", file, objects.size());
            }
            return new Known(stamp, objects, "");
        } catch (ManifestException e) {
            problem = e.in(file);
        } catch (ClosedByInterruptException e) {
            // The source is being closed.
            return before;
        } catch (IOException e) {
            problem = file + ": can't be read: " + e;
        }
        if (!problem.equals(before.problem)) {
            problems.accept(problem + " (going on with the " + before.objects.size() + " objects that it had)");
        }
        return new Known(stamp, before.objects, problem);
    }

    /** Objects of each file, in the order of paths. */
    Collection<List<ManifestObject>> objects() {
        return files.values().stream().map(Known::objects).toList();
    }

    /** How many files there are: {@code 1 file}. */
    String summary() {
        return files.size() == 1 ? "1 file" : files.size() + " files";
    }
}
