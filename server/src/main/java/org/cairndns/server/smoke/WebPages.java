package org.cairndns.server.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cairndns.corefile.HostPort;

/** Pages for probes and metrics of one server, at the ports that manifests give them. */
final class WebPages {
    private static final int READY_PORT = 8181;
    private static final int METRICS_PORT = 9153;
    /** Always there; a series of queries begins with the first one, which another pod may have got. */
    private static final String METRIC = "coredns_build_info";

    private static final int OK = 200;

    private final int timeoutMillis;

    WebPages(int timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
    }

    /** What is wrong with the pages of the server at this address; empty if nothing is. */
    Optional<String> fault(InetAddress address) {
        String ready = "http://" + new HostPort(address.getHostAddress(), READY_PORT) + "/ready";
        String metrics = "http://" + new HostPort(address.getHostAddress(), METRICS_PORT) + "/metrics";
        try {
            int status = connect(ready).getResponseCode();
            if (status != OK) {
                return Optional.of(ready + " says " + status);
            }
            try (InputStream in = connect(metrics).getInputStream()) {
                boolean counts = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .anyMatch(line -> line.startsWith(METRIC));
                return counts ? Optional.empty() : Optional.of(metrics + " has no " + METRIC);
            }
        } catch (IOException e) {
            return Optional.of(ready + " or " + metrics + ": " + e.getMessage());
        }
    }

    private HttpURLConnection connect(String page) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(page).toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        return connection;
    }
}
