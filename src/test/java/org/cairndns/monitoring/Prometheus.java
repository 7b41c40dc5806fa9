package org.cairndns.monitoring;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus of its own that scrapes one server every second. */
final class Prometheus implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    /** Starts one; ends the test as skipped where it is not installed. */
    static Prometheus start(Path folder, AlertRules rules, int target) throws Exception {
        Command.require("prometheus", "scraping the server as in a cluster");
        rules.writeTo(folder);
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global:
                  scrape_interval: 1s
                  evaluation_interval: 1s
                rule_files: [rules.yaml]
                scrape_configs:
                  - job_name: kube-dns
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                        labels: {namespace: kube-system, pod: coredns-0, cluster: home}
                """.formatted(target));
        int port = FreePort.find();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, port);
        try {
            Await.until("Prometheus is ready", prometheus::isReady);
        } catch (Exception | AssertionError e) {
            prometheus.close();
            throw e;
        }
        return prometheus;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send("/api/v1/" + path);
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.body());
        }
        return JSON.readTree(response.body()).get("data");
    }

    /**
     * Values of the series that a query gives, those that are no number left out.
     *
     * @throws IOException with what Prometheus says about a query that it cannot answer
     */
    List<Double> values(String query) throws IOException, InterruptedException {
        List<Double> values = new ArrayList<>();
        JsonNode data = get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        for (JsonNode series : data.get("result")) {
            double value = Double.parseDouble(series.get("value")
                    .get(1)
                    .asString()
                    .replace("+Inf", "Infinity")
                    .replace("-Inf", "-Infinity"));
            if (!Double.isNaN(value)) {
                values.add(value);
            }
        }
        return values;
    }

    /** Values of a label, as the variables of dashboards ask for. */
    List<String> labelValues(String label, String match) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        get("label/" + label + "/values?match[]=".replace("[]", "%5B%5D")
                        + URLEncoder.encode(match, StandardCharsets.UTF_8))
                .forEach(value -> values.add(value.asString()));
        return values;
    }

    /** Errors of rules that could not be evaluated. */
    List<String> ruleErrors() throws IOException, InterruptedException {
        List<String> errors = new ArrayList<>();
        for (JsonNode group : get("rules").get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                if (!rule.get("health").asString().equals("ok")) {
                    errors.add(rule.get("name").asString() + ": " + rule);
                }
            }
        }
        return errors;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
