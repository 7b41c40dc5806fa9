package org.cairndns.server.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernel's list of UDP sockets, for those that are not of this process: /proc/net/udp of proc(5).
 *
 * <pre>
 *   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ...
 *   12: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 39812 ...
 * </pre>
 */
final class OtherSockets {
    private static final List<Path> LISTS = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final Path OWN = Path.of("/proc/self/fd");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;
    private static final String SOCKET = "socket:[";
    private static final String NO_PORT = ":0000";

    private OtherSockets() {}

    /** True if another process receives from anybody on this port; false where that cannot be known. */
    static boolean have(int port) {
        String suffix = String.format(":%04X", port);
        try {
            Set<String> own = ownSockets();
            for (Path list : LISTS) {
                if (Files.exists(list) && Files.readAllLines(list).stream().anyMatch(line -> is(line, suffix, own))) {
                    return true;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
        return false;
    }

    private static boolean is(String line, String suffix, Set<String> own) {
        String[] columns = line.strip().split("\\s+");
        return columns.length > INODE
                && columns[LOCAL].endsWith(suffix)
                && columns[REMOTE].endsWith(NO_PORT)
                && !own.contains(columns[INODE]);
    }

    private static Set<String> ownSockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(OWN)) {
            return descriptors.map(OtherSockets::inode).collect(Collectors.toSet());
        }
    }

    /** The number in {@code socket:[39812]}; empty for what is no socket, or closed meanwhile, as what lists them is. */
    private static String inode(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith(SOCKET) ? target.substring(SOCKET.length(), target.length() - 1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
