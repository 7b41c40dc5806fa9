package org.cairndns.plugin.health.status;

import java.net.InetSocketAddress;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.ServerContext;

/** The paths of the status page at one address. */
public final class StatusPages {
    private static final String PATH = "/status";

    private StatusPages() {}

    /** Serves them; what they are made of is loaded by the first one who asks. */
    public static void serve(ServerContext server, InetSocketAddress address, Recorder recorder) {
        HttpEndpoints http = server.http();
        http.serve(
                address,
                PATH,
                new Memo("text/html; charset=utf-8", () -> StatusHtml.of(recorder.now()), server::nanoTime));
        http.serve(
                address,
                PATH + ".json",
                new Memo("application/json", () -> StatusJson.of(recorder.now()), server::nanoTime));
        http.serve(address, PATH + ".css", new Asset("status.css", "text/css; charset=utf-8"));
        http.serve(address, PATH + ".js", new Asset("status.js", "text/javascript; charset=utf-8"));
        http.serve(address, PATH + ".svg", new Asset("status.svg", "image/svg+xml"));
    }
}
