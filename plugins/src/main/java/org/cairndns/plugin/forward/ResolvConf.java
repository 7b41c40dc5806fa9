package org.cairndns.plugin.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.HostPort;

/** Name servers of a file in the form of resolv.conf(5); everything else in it means nothing here. */
final class ResolvConf {
    private static final int PORT = 53;

    private ResolvConf() {}

    /** The addresses of the lines {@code nameserver ADDRESS}, zones such as {@code %eth0} dropped. Reads the file. */
    static List<InetAddress> nameServers(Path file) throws IOException {
        List<InetAddress> servers = new ArrayList<>();
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String[] words = line.trim().split("[ \t]+", 3);
            if (words.length > 1 && words[0].equals("nameserver")) {
                address(words[1]).ifPresent(servers::add);
            }
        }
        return servers;
    }

    private static Optional<InetAddress> address(String text) {
        return HostPort.parse(text, PORT).flatMap(HostPort::address);
    }
}
