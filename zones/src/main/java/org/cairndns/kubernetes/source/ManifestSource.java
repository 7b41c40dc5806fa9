package org.cairndns.kubernetes.source;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source that reads the objects of a folder of Kubernetes manifests, and reads again what changes in it.
 *
 * <p>One thread reads and watches. See {@code docs/manifests.md} for which files and objects count. A file or folder that
 * can't be read keeps the objects that it had.
 */
public final class ManifestSource implements ClusterSource {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestSource.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    // A folder in which folders come without end is taken as it is.
    private static final int MAX_SCANS = 5;

    private final Path folder;
    private final FolderWatch watch;
    private final Consumer<String> problems;
    private final ManifestFiles files;
    private Set<Path> unreadable = Set.of();
    private @Nullable ManifestListing reported;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * A source that has not read anything yet.
     *
     * @param watch shows when to look again; closed with the source
     * @param problems hears of each problem, in one line
     */
    ManifestSource(Path folder, FolderWatch watch, Consumer<String> problems) {
        this.folder = folder;
        this.watch = watch;
        this.problems = problems;
        this.files = new ManifestFiles(problems);
    }

    /**
     * A source that has not read anything yet.
     *
     * @throws ClusterConfigException as {@link #requireFolder}
     */
    public static ManifestSource of(Path folder) throws ClusterConfigException {
        requireFolder(folder);
        return new ManifestSource(folder, FolderWatch.open(folder, FolderWatch.Pauses.DEFAULT), LOG::warn);
    }

    /**
     * Looks whether there is a folder to read; opens nothing.
     *
     * @throws ClusterConfigException when the folder does not exist or can't be read
     */
    public static void requireFolder(Path folder) throws ClusterConfigException {
        if (!Files.isDirectory(folder)) {
            String found = Files.exists(folder) ? "is no folder" : "does not exist";
            throw new ClusterConfigException(
                    "manifests: " + folder + " " + found + "; name a folder with *.yaml, *.yml or *.json files");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new ClusterConfigException(
                    "manifests: can't look into " + folder + "; give the server's user the permissions r and x on it");
        }
    }

    @Override
    public synchronized void start(ClusterChanges changes) {
        if (!closed) {
            thread = Thread.ofPlatform().name("manifest-source").daemon().start(() -> run(changes));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.close();
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOG.warn("the last change is still being worked on after {} s", CLOSE_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ClusterChanges changes) {
        Set<Path> changed = Set.of();
        while (!closed) {
            try {
                refresh(changed, changes);
            } catch (RuntimeException e) {
                LOG.error("unexpected failure with the manifests in {}", folder, e);
            }
            try {
                changed = watch.await();
            } catch (ClosedWatchServiceException | InterruptedException e) {
                LOG.trace("closed", e);
                return;
            }
        }
    }

    private void refresh(Set<Path> changed, ClusterChanges changes) {
        FolderScan scan = watchedScan();
        complain(scan);
        if (scan.folders().isEmpty()) {
            return;
        }
        files.refresh(scan, changed);
        if (closed) {
            return;
        }
        ManifestListing listing = ManifestListing.of(files.objects());
        if (reported == null) {
            listing.reportTo(changes);
            LOG.info("{}: {}, in {}", folder, listing.summary(), files.summary());
        } else {
            listing.reportChangesTo(changes, reported);
            LOG.debug("{}: {}, in {}", folder, listing.summary(), files.summary());
        }
        reported = listing;
    }

    // What changes after this scan is an event, also in folders that are new in it.
    private FolderScan watchedScan() {
        FolderScan scan = FolderScan.of(folder);
        for (int scans = 1; watch.watch(scan.folders()) && scans < MAX_SCANS; scans++) {
            scan = FolderScan.of(folder);
        }
        return scan;
    }

    private void complain(FolderScan scan) {
        scan.unreadable().forEach((path, reason) -> {
            if (!unreadable.contains(path)) {
                problems.accept(path + ": can't be read, going on with what was there: " + reason);
            }
        });
        unreadable = Set.copyOf(scan.unreadable().keySet());
    }
}
