package org.cairndns.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.cairndns.server.EmbeddedServer;

/** Reader of the metrics of a server whose Corefile says {@code prometheus 127.0.0.1:0}. */
public final class MetricsClient {
    private static final InetSocketAddress CONFIGURED = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private MetricsClient() {}

    /** The page as text. */
    public static String page(EmbeddedServer server) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.httpPort(CONFIGURED) + "/metrics");
        try (InputStream page = uri.toURL().openStream()) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
