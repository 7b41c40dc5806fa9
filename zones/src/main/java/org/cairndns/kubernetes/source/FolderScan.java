package org.cairndns.kubernetes.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cairndns.zone.FileStamp;

/**
 * The manifest files in a folder and below at one moment.
 *
 * <p>Links are followed, but no file and no folder is taken twice. Names that begin with a dot are left out: {@code .git}, and
 * the folders behind a mounted ConfigMap, whose files are reached through links beside them.
 */
final class FolderScan {
    private final Map<Path, FileStamp> files = new TreeMap<>();
    private final List<Path> folders = new ArrayList<>();
    private final Map<Path, IOException> unreadable = new TreeMap<>();
    private final Set<Object> seen = new HashSet<>();

    private FolderScan() {}

    /** Looks through the folder. */
    static FolderScan of(Path folder) {
        FolderScan scan = new FolderScan();
        try {
            scan.seen.add(FileStamp.of(folder).identity());
            scan.folder(folder);
        } catch (IOException e) {
            scan.unreadable.put(folder, e);
        }
        return scan;
    }

    /** Manifest files in the order of their paths. */
    Map<Path, FileStamp> files() {
        return Collections.unmodifiableMap(files);
    }

    /** The folders that were looked into, the first one on top. */
    List<Path> folders() {
        return Collections.unmodifiableList(folders);
    }

    /** Folders that could not be looked into, with the reason. */
    Map<Path, IOException> unreadable() {
        return Collections.unmodifiableMap(unreadable);
    }

    /** Whether nobody knows if there is a file at the path, as it lies in a folder that could not be looked into. */
    boolean isUnknown(Path file) {
        return unreadable.keySet().stream().anyMatch(file::startsWith);
    }

    private void folder(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            unreadable.put(folder, e.getCause());
        } catch (IOException e) {
            unreadable.put(folder, e);
            return;
        }
        folders.add(folder);
        // Which of two links to one file counts must not depend on the file system.
        Collections.sort(entries);
        entries.forEach(this::entry);
    }

    private void entry(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(".")) {
            return;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            boolean manifest = attributes.isRegularFile() && isManifest(name);
            if (!manifest && !attributes.isDirectory()) {
                return;
            }
            FileStamp stamp = FileStamp.of(path, attributes);
            if (!seen.add(stamp.identity())) {
                return;
            }
            if (manifest) {
                files.put(path, stamp);
            } else {
                folder(path);
            }
        } catch (NoSuchFileException e) {
            // It went away in between, or is a link to nowhere.
            return;
        } catch (IOException e) {
            unreadable.put(path, e);
        }
    }

    private static boolean isManifest(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }
}
