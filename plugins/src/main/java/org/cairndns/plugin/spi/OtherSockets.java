package org.cairndns.plugin.spi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
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
 *
 * <p>Any thread that may block.
 */
public final class OtherSockets {
    private static final List<Path> LISTS = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final Path OWN = Path.of("/proc/self/fd");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;
    private static final int HEX = 16;
    private static final String SOCKET = "socket:[";
    private static final String NO_PORT = ":0000";

    private OtherSockets() {}

    /** Where other processes receive from anybody, the wildcard address among them; none where that cannot be known. */
    public static Set<InetSocketAddress> addresses() {
        Set<InetSocketAddress> found = new HashSet<>();
        try {
            Set<String> own = ownSockets();
            for (Path list : LISTS) {
                if (Files.exists(list)) {
                    found.addAll(addresses(Files.readAllLines(list), own));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return Set.of();
        }
        return found;
    }

    /** Those of a list; {@code own} has the numbers of sockets that do not count. */
    static Set<InetSocketAddress> addresses(List<String> lines, Set<String> own) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns ->
                        columns.length > INODE && columns[REMOTE].endsWith(NO_PORT) && !own.contains(columns[INODE]))
                .map(columns -> address(columns[LOCAL]))
                .collect(Collectors.toSet());
    }

    /** Of {@code 0100007F:0035}: words of four octets as the processor has them in memory, and the port. */
    private static InetSocketAddress address(String text) {
        int colon = text.indexOf(':');
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(text, 0, colon));
        ByteBuffer octets = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            octets.putInt(words.getInt());
        }
        try {
            InetAddress host = InetAddress.getByAddress(octets.array());
            return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1), HEX));
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
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
