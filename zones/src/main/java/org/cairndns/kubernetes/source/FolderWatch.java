package org.cairndns.kubernetes.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch on folders that returns when something may have changed in them.
 *
 * <p>Besides the events of the file system there is a time after which everything counts as changed: a long one where events
 * are reliable, a short one on network file systems, and where the system has no watches left. One thread, but for closing.
 */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    // Changes come in groups: so long a silence ends one, and after the limit a group is taken as it is.
    private static final Duration GROUP_SILENCE = Duration.ofMillis(50);
    private static final Duration GROUP_LIMIT = Duration.ofSeconds(1);
    private static final Set<String> RELIABLE =
            Set.of("ext2", "ext3", "ext4", "ext2/ext3", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay", "ramfs");

    /** How long without an event until everything counts as changed. */
    record Pauses(Duration reliable, Duration unreliable) {
        static final Pauses DEFAULT = new Pauses(Duration.ofSeconds(30), Duration.ofSeconds(2));
    }

    private final Optional<WatchService> service;
    private final Path root;
    private final Pauses pauses;
    private Map<WatchKey, Path> keys = Map.of();
    private boolean reliable;

    private FolderWatch(Optional<WatchService> service, Path root, Pauses pauses) {
        this.service = service;
        this.root = root.toAbsolutePath().normalize();
        this.pauses = pauses;
    }

    /** A watch on nothing yet but the coming and going of {@code root}. */
    static FolderWatch open(Path root, Pauses pauses) {
        try {
            return new FolderWatch(Optional.of(FileSystems.getDefault().newWatchService()), root, pauses);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "no watch on folders, looking every {} s instead: {}", pauses.unreliable.toSeconds(), e.toString());
            return withoutEvents(root, pauses);
        }
    }

    /** A watch that only knows time. */
    static FolderWatch withoutEvents(Path root, Pauses pauses) {
        return new FolderWatch(Optional.empty(), root, pauses);
    }

    /**
     * Watches these folders, and no others any more.
     *
     * @return true if some of them were not watched before
     */
    boolean watch(List<Path> folders) {
        Map<WatchKey, Path> before = keys;
        Map<WatchKey, Path> now = new HashMap<>();
        reliable = service.isPresent() && !folders.isEmpty();
        folders.forEach(folder -> register(folder, now));
        // Tools such as git-sync put a new folder in place by turning a link round, which only the folder around it
        // shows.
        if (root.getParent() != null) {
            register(root.getParent(), now);
        }
        keys = now;
        before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(WatchKey::cancel);
        return !before.keySet().containsAll(now.keySet());
    }

    private void register(Path folder, Map<WatchKey, Path> registered) {
        if (service.isEmpty()) {
            return;
        }
        try {
            WatchKey key = folder.register(
                    service.get(),
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            registered.putIfAbsent(key, folder);
            reliable &= RELIABLE.contains(Files.getFileStore(folder).type());
        } catch (IOException e) {
            LOG.debug("no watch on {}, looking every {} s instead", folder, pauses.unreliable.toSeconds(), e);
            reliable = false;
        }
    }

    /**
     * Waits until something may have changed.
     *
     * @return paths of entries that certainly changed
     * @throws ClosedWatchServiceException after {@link #close}
     * @throws InterruptedException when the thread is interrupted, as {@link #close} can't end every wait
     */
    Set<Path> await() throws InterruptedException {
        long pauseNanos = (reliable ? pauses.reliable : pauses.unreliable).toNanos();
        if (service.isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(pauseNanos);
            return Set.of();
        }
        Set<Path> changed = new HashSet<>();
        boolean inGroup = false;
        long endNanos = System.nanoTime() + pauseNanos;
        long leftNanos = pauseNanos;
        while (leftNanos > 0) {
            long waitNanos = inGroup ? Math.min(leftNanos, GROUP_SILENCE.toNanos()) : leftNanos;
            WatchKey key = service.get().poll(waitNanos, TimeUnit.NANOSECONDS);
            if (key == null) {
                break;
            }
            if (take(key, changed) && !inGroup) {
                inGroup = true;
                endNanos = System.nanoTime() + GROUP_LIMIT.toNanos();
            }
            leftNanos = endNanos - System.nanoTime();
        }
        return changed;
    }

    // True when the events may matter.
    private boolean take(WatchKey key, Set<Path> changed) {
        boolean matters = false;
        @Nullable Path folder = keys.get(key);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (folder != null && event.context() instanceof Path name) {
                Path path = folder.resolve(name);
                changed.add(path);
                matters |= !folder.equals(root.getParent()) || path.equals(root);
            } else {
                // Events were lost.
                matters |= folder != null;
            }
        }
        return !key.reset() || matters;
    }

    /** Ends the watch; any thread. */
    @Override
    public void close() {
        if (service.isPresent()) {
            try {
                service.get().close();
            } catch (IOException e) {
                LOG.debug("watch not closed", e);
            }
        }
    }
}
