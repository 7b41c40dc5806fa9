package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.cairndns.perf.compare.Ports;

/** The files of the servers of {@link SurroundedRun}, and the ports that they name. */
final class SurroundedFiles {
    /** What the server listens on for DNS. */
    static final String SELF = "127.0.0.1";

    /** The same by the name that systemd-resolved has for itself. */
    static final String STUB = "127.0.0.53";

    static final int DNS_PORT = 53;

    private final Path corefile;
    private final Path resolvConf;
    private final Path lanResolvConf;
    private final Path kubeconfig;
    private final List<Integer> ports = Ports.free(4);

    /**
     * @param kubeconfig by which the API is found
     */
    SurroundedFiles(Path folder, Path kubeconfig) throws IOException {
        this.corefile = folder.resolve("Corefile");
        this.resolvConf = folder.resolve("resolv.conf");
        this.lanResolvConf = folder.resolve("resolv.conf.lan");
        this.kubeconfig = kubeconfig;
    }

    Path corefile() {
        return corefile;
    }

    /** The file whose servers are asked for names below {@code lan.example}. */
    Path lanResolvConf() {
        return lanResolvConf;
    }

    int health() {
        return ports.get(0);
    }

    int ready() {
        return ports.get(1);
    }

    /** The page of metrics that can be read all the time. */
    int metrics() {
        return ports.get(2);
    }

    /** The page of metrics of the second server block. */
    int lanMetrics() {
        return ports.get(3);
    }

    /** Has these servers asked for names from outside, and those for names below {@code lan.example}. */
    void upstreams(List<String> outside, List<String> lan) throws IOException {
        Files.writeString(resolvConf, nameServers(outside));
        Files.writeString(lanResolvConf, nameServers(lan));
    }

    private static String nameServers(List<String> addresses) {
        return addresses.stream().map(address -> "nameserver " + address + "\n").collect(Collectors.joining());
    }

    /**
     * Writes a Corefile in which all is right.
     *
     * @param clusterset true if the services of a clusterset are wanted too
     */
    void writeCorefile(boolean clusterset) throws IOException {
        Files.writeString(corefile, text(clusterset ? "multicluster clusterset.local" : ""));
    }

    /** Makes a directive of it one that there is not. */
    void spoilCorefile() throws IOException {
        Files.writeString(corefile, Files.readString(corefile).replace("cache 30", "nonsense"));
    }

    private String text(String option) {
        return """
            .:%1$d {
                bind %2$s %3$s
                errors
                health %2$s:%4$d
                ready %2$s:%5$d
                kubernetes cluster.local clusterset.local in-addr.arpa ip6.arpa {
                    kubeconfig %6$s perf
                    %7$s
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                }
                prometheus %2$s:%8$d
                loop
                forward . %9$s
                cache 30
                reload 2s 1s
            }
            lan.example:%1$d {
                bind %2$s %3$s
                errors
                prometheus %2$s:%10$d
                forward . %11$s
            }
            """.formatted(
                        DNS_PORT,
                        SELF,
                        STUB,
                        health(),
                        ready(),
                        kubeconfig,
                        option,
                        metrics(),
                        resolvConf,
                        lanMetrics(),
                        lanResolvConf);
    }
}
