package org.cairndns.perf.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator dnsperf: as many queries as come back, for some seconds. */
public final class Dnsperf {
    private static final Pattern RCODE = Pattern.compile("([A-Z0-9]+) (\\d+) \\(");

    private final Cores cores;

    public Dnsperf(Cores cores) {
        this.cores = cores;
    }

    /**
     * What dnsperf saw.
     *
     * @param queriesPerSecond answers a second of wall time
     * @param meanResponseOctets without headers of IP and below
     * @param rcodes answers by RCODE
     */
    public record Load(
            long answers,
            long lost,
            double queriesPerSecond,
            double meanLatencyMillis,
            int meanResponseOctets,
            Map<String, Long> rcodes) {}

    /**
     * Loads a server on a port of 127.0.0.1 and waits for the end of that.
     *
     * @param queries as {@link QueryFiles} makes it for the mix
     */
    public Load run(int port, Path queries, int seconds, Mix mix) throws IOException, InterruptedException {
        return run(new InetSocketAddress(Ports.LOOPBACK, port), queries, seconds, mix);
    }

    /** The same for a server elsewhere. */
    public Load run(InetSocketAddress server, Path queries, int seconds, Mix mix)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (mix == Mix.CHURN) {
            // The API server is on the same processor and has to keep its rate whatever the load.
            command.addAll(List.of("nice", "-n", "10"));
        }
        command.addAll(
                List.of("dnsperf", "-s", server.getAddress().getHostAddress(), "-p", String.valueOf(server.getPort())));
        command.addAll(List.of("-d", queries.toString(), "-l", String.valueOf(seconds)));
        command.addAll(options(mix));
        Process process = new ProcessBuilder(cores.forClient(command))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("dnsperf failed:\n" + output);
        }
        return read(output);
    }

    private static List<String> options(Mix mix) {
        return switch (mix) {
            case CLUSTER, CACHED, PODS, CHURN -> List.of("-c", "64", "-q", "200", "-n", "1000000");
            case MISS -> List.of("-c", "64", "-q", "200", "-n", "1");
            case TCP -> List.of("-m", "tcp", "-c", "8", "-q", "400", "-n", "1000000");
            // The queries are in wire form.
            case HEADLESS -> List.of("-B", "-c", "64", "-q", "200", "-n", "1000000");
        };
    }

    /** Reads what dnsperf prints at its end. */
    static Load read(String output) throws IOException {
        Map<String, Long> rcodes = new LinkedHashMap<>();
        Matcher rcode = RCODE.matcher(find(output, "Response codes: +(.*)"));
        while (rcode.find()) {
            rcodes.put(rcode.group(1), Long.parseLong(rcode.group(2)));
        }
        return new Load(
                Long.parseLong(find(output, "Queries completed: +(\\d+)")),
                Long.parseLong(find(output, "Queries lost: +(\\d+)")),
                Double.parseDouble(find(output, "Queries per second: +([\\d.]+)")),
                1000 * Double.parseDouble(find(output, "Average Latency \\(s\\): +([\\d.]+)")),
                Integer.parseInt(find(output, "Average packet size: +request \\d+, response (\\d+)")),
                rcodes);
    }

    private static String find(String output, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        if (!matcher.find()) {
            throw new IOException("no '" + pattern + "' in the output of dnsperf:\n" + output);
        }
        return matcher.group(1);
    }
}
