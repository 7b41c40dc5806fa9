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
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.ResolvConf;

/** Reader of the arguments {@code TO...}: addresses, host names, and files that list addresses. */
final class UpstreamReader {
    /** CoreDNS's limit of arguments; a file counts once. */
    private static final int MAX_ARGUMENTS = 15;

    private static final Set<Scheme> SCHEMES = Set.of(Scheme.DNS, Scheme.TLS, Scheme.HTTPS);
    private static final int MAX_NAME_CHARACTERS = 254;
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern HOST_NAME = Pattern.compile("(?:" + LABEL + "\\.)*(?![0-9]+\\.?$)" + LABEL + "\\.?");

    private final Path directory;
    private final Problems problems;
    private final List<UpstreamTarget> found = new ArrayList<>();

    private UpstreamReader(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /**
     * What the arguments name, each once, in order. Looks at files.
     *
     * @param directory where relative paths start
     */
    static List<UpstreamTarget> read(List<Token> arguments, Path directory, Problems problems) {
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
        if (reader.found.size() > Forwarder.MAX_UPSTREAMS) {
            problems.add(
                    arguments.getFirst().position(),
                    "too many upstreams for 'forward', expected at most " + Forwarder.MAX_UPSTREAMS
                            + " addresses in all, got " + reader.found.size());
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
        if (scheme.isPresent() && !SCHEMES.contains(scheme.get())) {
            problems.add(
                    token.position(),
                    "'forward' cannot ask upstreams over " + scheme.get().prefix()
                            + ", expected dns://, tls:// or https://, got '" + token.text() + "'");
            return;
        }
        String rest =
                token.text().substring(scheme.map(s -> s.prefix().length()).orElse(0));
        if (scheme.equals(Optional.of(Scheme.HTTPS)) && rest.indexOf('/') >= 0) {
            problems.add(
                    token.position(),
                    "bad upstream for 'forward', expected https:// with a host and no path, for the path is always"
                            + " /dns-query, got '" + token.text() + "'");
            return;
        }
        target(scheme.orElse(Scheme.DNS), rest, token);
    }

    private void target(Scheme scheme, String text, Token token) {
        Optional<HostPort> hostPort = HostPort.parse(withoutZone(text), scheme.defaultPort());
        Optional<InetAddress> address = hostPort.flatMap(HostPort::address);
        String serverName = scheme == Scheme.DNS ? "" : zone(text);
        if (address.isPresent()) {
            add(new UpstreamAddress(
                    new InetSocketAddress(address.get(), hostPort.get().port()),
                    scheme,
                    checkedName(serverName, token)));
        } else if (isFile(text)
                || hostPort.isEmpty()
                || !isHostName(hostPort.get().host())) {
            file(text, token);
        } else {
            HostPort host = hostPort.get();
            // Unlike in CoreDNS (plugin/forward) the certificate must be for the name that the owner wrote, not for the
            // address that a lookup came up with.
            String name = serverName.isEmpty() && scheme != Scheme.DNS ? withoutDot(host.host()) : serverName;
            add(new UpstreamHost(host, scheme, checkedName(name, token)));
        }
    }

    private boolean isFile(String text) {
        try {
            return !text.isEmpty() && Files.exists(directory.resolve(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** True for a name of letters, digits, hyphens and underscores whose last label is no number (RFC 1123 2.1). */
    private static boolean isHostName(String text) {
        return text.length() <= MAX_NAME_CHARACTERS && HOST_NAME.matcher(text).matches();
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
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
            boolean exists = Files.exists(file);
            if (path.isEmpty() || Files.isDirectory(file) || !exists && path.indexOf('/') < 0) {
                problems.add(token.position(), bad(token));
                return;
            }
            if (!exists) {
                problems.passing(token.position(), "file '" + path + "' is not there, it is looked for");
            } else if (ResolvConf.nameServers(file).isEmpty()) {
                problems.passing(
                        token.position(), "file '" + path + "' has no line 'nameserver ADDRESS', it is followed");
            }
            add(new UpstreamFile(path, file));
        } catch (InvalidPathException e) {
            problems.add(token.position(), bad(token));
        } catch (IOException e) {
            problems.passing(token.position(), "cannot read '" + path + "', it is looked at again: " + e.getMessage());
            add(new UpstreamFile(path, directory.resolve(path)));
        }
    }

    private static String bad(Token token) {
        return "bad upstream for 'forward', expected an IP address or host name with an optional port, or an existing"
                + " file, got '" + token.text() + "'";
    }

    private void add(UpstreamTarget target) {
        if (found.stream().noneMatch(other -> isSame(target, other))) {
            found.add(target);
        }
    }

    private static boolean isSame(UpstreamTarget one, UpstreamTarget other) {
        return switch (one) {
            case UpstreamAddress address ->
                other instanceof UpstreamAddress same && same.address().equals(address.address());
            case UpstreamHost host ->
                other instanceof UpstreamHost same && same.host().equals(host.host());
            case UpstreamFile file ->
                other instanceof UpstreamFile same && same.path().equals(file.path());
        };
    }
}
