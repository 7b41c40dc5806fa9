package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Servers that read the Kubernetes API, with the Corefile that comes with clusters. */
final class Peers {
    private final Path folder;
    private final Path kubeconfig;
    private final int upstreamPort;

    /**
     * @param folder for configuration files and logs
     */
    Peers(Path folder, Path kubeconfig, int upstreamPort) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
        this.upstreamPort = upstreamPort;
    }

    /** Cairn as its launcher starts it. */
    Peer cairn(Path launcher) throws IOException {
        return corefileServer(Contender.CAIRN, launcher);
    }

    /** Another build of Cairn. */
    Peer cairnB(Path launcher) throws IOException {
        return corefileServer(Contender.CAIRN_B, launcher);
    }

    /** CoreDNS with the same Corefile. */
    Peer coreDns(Path binary) throws IOException {
        return corefileServer(Contender.COREDNS, binary);
    }

    /** The cache keeps for an hour, not for the usual 30 s: on a slow day "cached" would ask for much that is not. */
    private Peer corefileServer(Contender contender, Path program) throws IOException {
        List<Integer> ports = Ports.free(4);
        // A file for each server: they read it again when it changes.
        Path corefile =
                Files.writeString(folder.resolve("Corefile." + contender.label() + "." + ports.get(0)), """
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
        return new Peer(contender.label(), command, ports.get(0), ports.get(2), contender.mixes());
    }
}
