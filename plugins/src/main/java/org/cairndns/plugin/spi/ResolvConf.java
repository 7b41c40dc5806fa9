package org.cairndns.plugin.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.HostPort;
import org.cairndns.wire.DomainName;

/** Lines of files in the form of resolv.conf(5). */
public final class ResolvConf {
    private static final int PORT = 53;

    private ResolvConf() {}

    /** The addresses of the lines {@code nameserver ADDRESS}, zones such as {@code %eth0} dropped. Reads the file. */
    public static List<InetAddress> nameServers(Path file) throws IOException {
        List<InetAddress> servers = new ArrayList<>();
        for (String[] words : lines(file)) {
            if (words.length > 1 && words[0].equals("nameserver")) {
                address(words[1]).ifPresent(servers::add);
            }
        }
        return servers;
    }

    /**
     * The names of the last line {@code search NAME...} or {@code domain NAME}, in lower case; what is no name and the
     * root are left out. Reads the file.
     */
    public static List<DomainName> searchPath(Path file) throws IOException {
        List<DomainName> path = List.of();
        for (String[] words : lines(file)) {
            if (words[0].equals("search")) {
                path = names(Arrays.asList(words).subList(1, words.length));
            } else if (words.length > 1 && words[0].equals("domain")) {
                path = names(List.of(words[1]));
            }
        }
        return path;
    }

    private static List<String[]> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> line.trim().split("[ \t]+", -1))
                .toList();
    }

    private static Optional<InetAddress> address(String text) {
        return HostPort.parse(text, PORT).flatMap(HostPort::address);
    }

    private static List<DomainName> names(List<String> words) {
        List<DomainName> names = new ArrayList<>();
        for (String word : words) {
            name(word).filter(name -> !name.equals(DomainName.ROOT)).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    private static Optional<DomainName> name(String word) {
        try {
            return Optional.of(DomainName.of(word).toLowerCase());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
