package org.cairndns.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Linux has dropped of the datagrams that came to UDP sockets, because nobody read them in time.
 *
 * <p>Read from {@code /proc/self/net/udp} and {@code udp6}: one line per socket of the network namespace, its inode in the
 * tenth column, its drops in the last. Empty where there are no such files.
 */
final class SocketDrops {
    private static final int INODE = 9;
    private static final int COLUMNS = 13;

    private final Path process;

    /** @param process {@code /proc/self}, or what stands for it */
    SocketDrops(Path process) {
        this.process = process;
    }

    /** Drops since they were opened of all sockets, by inode. */
    Map<Long, Long> byInode() {
        Map<Long, Long> drops = new HashMap<>();
        for (String table : List.of("udp", "udp6")) {
            try {
                for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
                    read(line, drops);
                }
            } catch (IOException e) {
                // Not Linux, or a machine without this family.
            }
        }
        return drops;
    }

    private static void read(String line, Map<Long, Long> drops) {
        String[] words = line.strip().split(" +");
        // The first line is a heading of fewer words.
        if (words.length == COLUMNS && words[0].endsWith(":")) {
            drops.put(Long.parseLong(words[INODE]), Long.parseLong(words[COLUMNS - 1]));
        }
    }

    /** The inode of one of our own sockets; 0 if there is none. */
    long inode(int descriptor) {
        try {
            String target = Files.readSymbolicLink(process.resolve("fd").resolve(Integer.toString(descriptor)))
                    .toString();
            return target.startsWith("socket:[") ? Long.parseLong(target.substring(8, target.length() - 1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
