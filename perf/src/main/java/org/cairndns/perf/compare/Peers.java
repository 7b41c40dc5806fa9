package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Configuration of each server: the Corefile that comes with clusters, or what is nearest to it. */
public final class Peers {
    private final Path folder;
    private final Path kubeconfig;
    private final int upstreamPort;

    /**
     * @param folder for configuration files and logs
     */
    public Peers(Path folder, Path kubeconfig, int upstreamPort) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.upstreamPort = upstreamPort;
    }

    /** Cairn as its launcher starts it. */
    public Peer cairn(Path launcher) throws IOException {
        return corefileServer(Peer.CAIRN, launcher);
    }

    /** CoreDNS with the same Corefile. */
    public Peer coreDns(Path binary) throws IOException {
        return corefileServer(Peer.COREDNS, binary);
    }

    /** The cache keeps for an hour, not for the usual 30 s: on a slow day "cached" would ask for much that is not. */
    private Peer corefileServer(String name, Path program) throws IOException {
        List<Integer> ports = Ports.free(4);
        Path corefile = Files.writeString(folder.resolve("Corefile." + name), """
            .:%d {
                bind 127.0.0.1
                errors
                health 127.0.0.1:%d
                ready 127.0.0.1:%d
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig %s perf
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus 127.0.0.1:%d
                forward . 127.0.0.1:%d
                cache 3600
                loop
                reload
                loadbalance
            }
            """.formatted(
                        ports.get(0), ports.get(1), ports.get(2), kubeconfig, ports.get(3), upstreamPort));
        List<String> command = List.of(program.toString(), "-conf", corefile.toString());
        return new Peer(name, command, ports.get(0), ports.get(2), EnumSet.allOf(Mix.class));
    }

    /** unbound with one thread, forwarding. */
    public Peer unbound() throws IOException {
        int port = Ports.free(1).getFirst();
        Path configuration =
                Files.writeString(folder.resolve("unbound.conf"), """
            server:
                interface: 127.0.0.1
                port: %d
                num-threads: 1
                do-daemonize: no
                use-syslog: no
                chroot: ""
                username: ""
                pidfile: ""
                directory: "%s"
                module-config: "iterator"
                do-not-query-localhost: no
                access-control: 127.0.0.0/8 allow
                msg-cache-size: 16m
                rrset-cache-size: 32m
            forward-zone:
                name: "."
                forward-addr: 127.0.0.1@%d
            remote-control:
                control-enable: no
            """.formatted(port, folder, upstreamPort));
        return new Peer(
                "unbound", List.of("unbound", "-c", configuration.toString()), port, 0, Set.of(Mix.CACHED, Mix.MISS));
    }

    /** The least that a server on Netty does: sends each query back as a response. */
    Peer echo(Path jvmOptions) throws IOException {
        int port = Ports.free(1).getFirst();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + jvmOptions,
                "-cp",
                System.getProperty("java.class.path"),
                UdpEcho.class.getName(),
                String.valueOf(port));
        return new Peer(Peer.ECHO, command, port, 0, Set.of(Mix.CLUSTER));
    }
}
