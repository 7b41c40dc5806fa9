package org.cairndns.zone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What shows that a file is another one than before, or has other content, without reading it.
 *
 * @param identity what it is the same by, whatever path leads there: device and inode, or the real path where there are none
 */
public record FileStamp(FileTime modified, long octets, Object identity) {
    /**
     * The stamp of what the path leads to.
     *
     * @param attributes read of it just now
     */
    public static FileStamp of(Path path, BasicFileAttributes attributes) throws IOException {
        Object key = attributes.fileKey();
        return new FileStamp(attributes.lastModifiedTime(), attributes.size(), key == null ? path.toRealPath() : key);
    }

    /**
     * The stamp of what the path leads to.
     *
     * @throws IOException if there is no such file
     */
    public static FileStamp of(Path path) throws IOException {
        return of(path, Files.readAttributes(path, BasicFileAttributes.class));
    }
}
