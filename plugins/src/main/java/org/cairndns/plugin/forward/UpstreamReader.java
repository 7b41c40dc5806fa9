package org.cairndns.plugin.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.ResolvConf;

/** Reader of the arguments {@code TO...}: addresses, and files that list addresses. */
final class UpstreamReader {
    /** CoreDNS's limit of arguments; a file counts once. */
    private static final int MAX_ARGUMENTS = 15;

    /** Limit of addresses, those of files included. */
    private static final int MAX_UPSTREAMS = 64;

    private final Path directory;
    private final Problems problems;
    private final List<UpstreamAddress> found = new ArrayList<>();

    private UpstreamReader(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /**
     * The upstreams that the arguments stand for, each address once, in order. Reads files.
     *
     * @param directory where relative paths start
     */
    static List<UpstreamAddress> read(List<Token> arguments, Path directory, Problems problems) {
        if (arguments.size() > MAX_ARGUMENTS) {
            problems.add(
                    arguments.get(MAX_ARGUMENTS).position(),
                    "too many upstreams for 'forward', expected at most " + MAX_ARGUMENTS + ", got "
                            + arguments.size());
        }
        UpstreamReader reader = new UpstreamReader(directory, problems);
        boolean rightSoFar = problems.isEmpty();
        arguments.forEach(reader::argument);
        if (!arguments.isEmpty() && reader.found.isEmpty() && rightSoFar && problems.isEmpty()) {
            problems.add(
                    arguments.getFirst().position(),
                    "no upstream for 'forward', expected an address or a file with a line 'nameserver ADDRESS'");
        }
        if (reader.found.size() > MAX_UPSTREAMS) {
            problems.add(
                    arguments.getFirst().position(),
                    "too many upstreams for 'forward', expected at most " + MAX_UPSTREAMS + " addresses in all, got "
                            + reader.found.size());
        }
        return reader.found;
    }

    private void argument(Token token) {
        Optional<Scheme> scheme = Optional.empty();
        for (Scheme candidate : Scheme.values()) {
            if (token.text().startsWith(candidate.prefix())) {
                scheme = Optional.of(candidate);
            }
        }
        if (scheme.isPresent() && scheme.get() != Scheme.DNS && scheme.get() != Scheme.TLS) {
            problems.add(
                    token.position(),
                    "upstreams over " + scheme.get().prefix()
                            + " are not in this version of Cairn, expected dns:// or tls://, got '" + token.text()
                            + "'");
            return;
        }
        String rest =
                token.text().substring(scheme.map(s -> s.prefix().length()).orElse(0));
        boolean tls = scheme.equals(Optional.of(Scheme.TLS));
        int defaultPort = (tls ? Scheme.TLS : Scheme.DNS).defaultPort();
        Optional<HostPort> hostPort = HostPort.parse(withoutZone(rest), defaultPort);
        Optional<InetAddress> address = hostPort.flatMap(HostPort::address);
        if (address.isPresent()) {
            String serverName = tls ? checkedName(zone(rest), token) : "";
            add(new UpstreamAddress(
                    new InetSocketAddress(address.get(), hostPort.get().port()), tls, serverName));
        } else {
            file(rest, token);
        }
    }

    /** The part behind the percent sign, without the port: a server's name with TLS, an interface without. */
    private static String zone(String text) {
        int percent = text.lastIndexOf('%');
        String zone = text.substring(percent < 0 ? text.length() : percent + 1);
        int colon = zone.lastIndexOf(':');
        zone = colon < 0 ? zone : zone.substring(0, colon);
        return zone.endsWith("]") ? zone.substring(0, zone.length() - 1) : zone;
    }

    private static String withoutZone(String text) {
        int percent = text.lastIndexOf('%');
        if (percent < 0) {
            return text;
        }
        String host = text.substring(0, percent);
        int colon = text.lastIndexOf(':');
        String bracket = host.startsWith("[") && !host.endsWith("]") ? "]" : "";
        return host + bracket + (colon > percent ? text.substring(colon) : "");
    }

    private String checkedName(String name, Token token) {
        if (!name.isEmpty() && !isServerName(name)) {
            problems.add(token.position(), "bad server name in '" + token.text() + "', expected a host name");
        }
        return name;
    }

    /** True for a name that a TLS client may send (RFC 6066 3). */
    static boolean isServerName(String name) {
        try {
            new SNIHostName(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void file(String path, Token token) {
        try {
            Path file = directory.resolve(path);
            if (path.isEmpty() || Files.isDirectory(file) || !Files.exists(file)) {
                bad(token);
                return;
            }
            List<InetAddress> servers = ResolvConf.nameServers(file);
            if (servers.isEmpty()) {
                problems.warn(token.position(), "file '" + path + "' has no line 'nameserver ADDRESS', it is left out");
            }
            for (InetAddress server : servers) {
                add(new UpstreamAddress(new InetSocketAddress(server, Scheme.DNS.defaultPort()), false, ""));
            }
        } catch (InvalidPathException e) {
            bad(token);
        } catch (IOException e) {
            problems.add(token.position(), "cannot read '" + path + "': " + e.getMessage());
        }
    }

    private void bad(Token token) {
        problems.add(
                token.position(),
                "bad upstream for 'forward', expected an IP address with an optional port or an existing file, got '"
                        + token.text() + "'; host names are not in this version of Cairn");
    }

    private void add(UpstreamAddress upstream) {
        if (found.stream().noneMatch(other -> other.address().equals(upstream.address()))) {
            found.add(upstream);
        }
    }
}
