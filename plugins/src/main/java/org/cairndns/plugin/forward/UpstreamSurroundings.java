package org.cairndns.plugin.forward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.ResolvConf;

/**
 * What the machine says about a directive's upstreams: which ones its files name, and which ones lead back to this server.
 *
 * <p>{@link #look} reads files, on a thread that may block; the results are for any thread.
 */
final class UpstreamSurroundings {
    private static final PluginLog LOG = PluginLog.of("forward");
    private static final String SELF = "upstream_is_self";
    private static final String UNKNOWN = "upstream_unknown";
    private static final String UNUSABLE = "resolv_conf_unusable";

    private final Path systemFile;
    private final OwnListeners own;
    private final Conditions conditions;
    private final Map<UpstreamFile, List<UpstreamAddress>> servers = new LinkedHashMap<>();

    /** Host names without an address, with what was said of each first. */
    private final Map<String, String> unknown = new HashMap<>();

    /** Upstreams that lead to this server, as told. */
    private Set<String> selves = Set.of();

    /**
     * @param files those of the directive
     * @param systemFile where systemd-resolved keeps the servers that it asks itself; used in place of a file without others
     */
    UpstreamSurroundings(List<UpstreamFile> files, Path systemFile, OwnListeners own, Conditions conditions) {
        this.systemFile = systemFile;
        this.own = own;
        this.conditions = conditions;
        files.forEach(file -> servers.put(file, List.of()));
    }

    /** Reads the files and the machine's addresses. */
    synchronized void look() {
        own.look();
        servers.replaceAll(this::read);
    }

    /** What a file names, this server included. */
    synchronized List<UpstreamAddress> serversOf(UpstreamFile file) {
        return servers.getOrDefault(file, List.of());
    }

    /** Those that do not lead to this server. */
    synchronized List<UpstreamAddress> others(List<UpstreamAddress> upstreams) {
        Set<String> found = new HashSet<>();
        List<UpstreamAddress> others = new ArrayList<>();
        for (UpstreamAddress upstream : upstreams) {
            if (own.contains(upstream)) {
                found.add(upstream.label());
                conditions.begin(
                        LOG,
                        SELF,
                        upstream.label(),
                        "upstream " + upstream.label() + " is this server itself and left out (name the router's or the"
                                + " provider's address in its place, or set resolvConf of the kubelet)");
            } else {
                others.add(upstream);
            }
        }
        selves.stream()
                .filter(label -> !found.contains(label))
                .forEach(label ->
                        conditions.end(LOG, SELF, label, "upstream " + label + " is no longer this server itself"));
        selves = found;
        return others;
    }

    /** A host name among the upstreams has no address; said until it has one. */
    synchronized void unknown(String host, String message) {
        // Each time: the directive that this one replaces at a reload drops the condition of both.
        conditions.begin(LOG, UNKNOWN, host, unknown.computeIfAbsent(host, first -> message));
    }

    /** A host name has addresses. */
    synchronized void known(String host) {
        if (unknown.remove(host) != null) {
            conditions.end(LOG, UNKNOWN, host, "upstream " + host + " has addresses again");
        }
    }

    /** The directive is gone. */
    synchronized void leave() {
        unknown.keySet().forEach(host -> conditions.drop(UNKNOWN, host));
        selves.forEach(label -> conditions.drop(SELF, label));
        servers.keySet().forEach(file -> conditions.drop(UNUSABLE, file.name()));
    }

    private List<UpstreamAddress> read(UpstreamFile file, List<UpstreamAddress> before) {
        String reason;
        List<UpstreamAddress> found = List.of();
        try {
            found = nameServers(file.path());
            reason = found.isEmpty() ? "names no server" : "names this server alone";
        } catch (NoSuchFileException e) {
            reason = "is not there";
        } catch (IOException e) {
            // Such as without a file descriptor to spare: that says nothing of the servers.
            if (before.stream().anyMatch(server -> !own.contains(server))) {
                return before;
            }
            reason = "cannot be read (" + e.getMessage() + ")";
        }
        if (found.stream().anyMatch(server -> !own.contains(server))) {
            conditions.end(LOG, UNUSABLE, file.name(), "file '" + file.name() + "' names an upstream");
            return found;
        }
        List<UpstreamAddress> system = systemServers();
        conditions.begin(LOG, UNUSABLE, file.name(), "file '" + file.name() + "' " + reason + ", " + instead(system));
        List<UpstreamAddress> all = new ArrayList<>(found);
        all.addAll(system);
        return List.copyOf(all);
    }

    private String instead(List<UpstreamAddress> system) {
        return system.isEmpty()
                ? "names that only upstreams know get SERVFAIL until it names one (looked at every 2 s)"
                : "so those of " + systemFile + " are asked: "
                        + String.join(
                                " ", system.stream().map(UpstreamAddress::label).toList());
    }

    private List<UpstreamAddress> systemServers() {
        try {
            return nameServers(systemFile).stream()
                    .filter(server -> !own.contains(server))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** What a file names now. */
    static List<UpstreamAddress> nameServers(Path file) throws IOException {
        List<UpstreamAddress> found = new ArrayList<>();
        for (InetAddress server : ResolvConf.nameServers(file)) {
            found.add(new UpstreamAddress(new InetSocketAddress(server, Scheme.DNS.defaultPort()), Scheme.DNS, ""));
        }
        return found;
    }
}
