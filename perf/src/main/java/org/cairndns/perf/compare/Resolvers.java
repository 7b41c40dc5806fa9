package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Configurations of resolvers and proxies that are alike: one thread, everything forwarded to the upstream, a cache with room for
 * all names of a run, no DNSSEC validation, no word per query, no calls home.
 */
final class Resolvers {
    private final Path folder;
    private final int upstreamPort;

    /**
     * @param folder for configuration files, where each has a folder of its own
     */
    Resolvers(Path folder, int upstreamPort) {
        this.folder = folder;
        this.upstreamPort = upstreamPort;
    }

    Peer unbound(Path program) throws IOException {
        int port = Ports.free(1).getFirst();
        Path configuration = file(Contender.UNBOUND, """
            server:
                interface: 127.0.0.1
                port: %d
                num-threads: 1
                so-rcvbuf: 4m
                do-daemonize: no
                use-syslog: no
                chroot: ""
                directory: ""
                username: ""
                pidfile: ""
                module-config: "iterator"
                do-not-query-localhost: no
                access-control: 127.0.0.0/8 allow
                msg-cache-size: 64m
                rrset-cache-size: 128m
                outgoing-range: 8192
                num-queries-per-thread: 4096
            forward-zone:
                name: "."
                forward-addr: 127.0.0.1@%d
            remote-control:
                control-enable: no
            """.formatted(port, upstreamPort));
        return Peer.of(Contender.UNBOUND, List.of(program.toString(), "-c", configuration.toString()), port);
    }

    /** A proxy with a cache of packets, which is what it has to offer here. */
    Peer dnsdist(Path program) throws IOException {
        int port = Ports.free(1).getFirst();
        Path configuration = file(Contender.DNSDIST, """
            setLocal("127.0.0.1:%d")
            setSecurityPollSuffix("")
            newServer({address = "127.0.0.1:%d", name = "upstream"})
            getPool(""):setCache(newPacketCache(1000000, {maxTTL = 86400}))
            """.formatted(port, upstreamPort));
        return Peer.of(
                Contender.DNSDIST,
                List.of(program.toString(), "--supervised", "--disable-syslog", "-C", configuration.toString()),
                port);
    }

    Peer knotResolver(Path program) throws IOException {
        int port = Ports.free(1).getFirst();
        Path configuration = file(Contender.KNOT_RESOLVER, """
            net.listen('127.0.0.1', %d)
            log_level('crit')
            for _, name in ipairs({'ta_update', 'ta_signal_query', 'priming', 'detect_time_skew', 'detect_time_jump'}) do
                modules.unload(name)
            end
            trust_anchors.remove('.')
            cache.size = 512 * MB
            policy.add(policy.all(policy.STUB({'127.0.0.1@%d'})))
            """.formatted(port, upstreamPort));
        return Peer.of(
                Contender.KNOT_RESOLVER,
                List.of(
                        program.toString(),
                        "-n",
                        "-c",
                        configuration.toString(),
                        own(Contender.KNOT_RESOLVER).toString()),
                port);
    }

    Peer pdnsRecursor(Path program) throws IOException {
        int port = Ports.free(1).getFirst();
        Path own = own(Contender.PDNS_RECURSOR);
        // The program takes a folder, in which the file has this name.
        Files.writeString(own.resolve("recursor.conf"), """
            local-address=127.0.0.1
            local-port=%d
            threads=1
            pdns-distributes-queries=no
            forward-zones-recurse=.=127.0.0.1:%d
            dont-query=
            dnssec=off
            max-cache-entries=1000000
            security-poll-suffix=
            quiet=yes
            loglevel=2
            daemon=no
            disable-syslog=yes
            write-pid=no
            setuid=
            setgid=
            """.formatted(port, upstreamPort));
        return Peer.of(
                Contender.PDNS_RECURSOR,
                List.of(program.toString(), "--config-dir=" + own, "--socket-dir=" + own),
                port);
    }

    Peer dnsmasq(Path program) throws IOException {
        int port = Ports.free(1).getFirst();
        Path configuration = file(Contender.DNSMASQ, """
            port=%d
            listen-address=127.0.0.1
            bind-interfaces
            no-resolv
            no-hosts
            no-poll
            server=127.0.0.1#%d
            cache-size=100000
            dns-forward-max=10000
            user=root
            pid-file=
            """.formatted(port, upstreamPort));
        return Peer.of(
                Contender.DNSMASQ,
                List.of(program.toString(), "--keep-in-foreground", "--conf-file=" + configuration),
                port);
    }

    private Path file(Contender contender, String text) throws IOException {
        return Files.writeString(own(contender).resolve("configuration"), text);
    }

    private Path own(Contender contender) throws IOException {
        return Files.createDirectories(folder.resolve(contender.label()));
    }
}
