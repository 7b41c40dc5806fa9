package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator dnsperf: as many queries as come back, for some seconds. */
public final class Dnsperf {
    private static final String CLIENTS = "64";
    private static final String OUTSTANDING = "200";

    private final Cores cores;

    public Dnsperf(Cores cores) {
        this.cores = cores;
    }

    /**
     * What dnsperf saw.
     *
     * @param queriesPerSecond answers a second of wall time
     * @param rcodes such as {@code NOERROR 100 (50.00%), NXDOMAIN 100 (50.00%)}
     */
    public record Load(long answers, long lost, double queriesPerSecond, double meanLatencyMillis, String rcodes) {}

    /**
     * Loads a server and waits for the end of that.
     *
     * @param onceThrough true if no query may be asked twice
     */
    public Load run(int port, Path queries, int seconds, boolean onceThrough) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(cores.forClient(List.of(
                        "dnsperf",
                        "-s",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-d",
                        queries.toString(),
                        "-c",
                        CLIENTS,
                        "-q",
                        OUTSTANDING,
                        "-l",
                        String.valueOf(seconds),
                        "-n",
                        onceThrough ? "1" : "1000000")))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("dnsperf failed:\n" + output);
        }
        return new Load(
                Long.parseLong(find(output, "Queries completed: +(\\d+)")),
                Long.parseLong(find(output, "Queries lost: +(\\d+)")),
                Double.parseDouble(find(output, "Queries per second: +([\\d.]+)")),
                1000 * Double.parseDouble(find(output, "Average Latency \\(s\\): +([\\d.]+)")),
                find(output, "Response codes: +(.+)"));
    }

    private static String find(String output, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        if (!matcher.find()) {
            throw new IOException("no '" + pattern + "' in the output of dnsperf:\n" + output);
        }
        return matcher.group(1);
    }
}
