package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.http.HttpSurroundings;
import org.junit.jupiter.api.Test;

class HttpServersTest {
    private static final int RELOADS = 60;

    @Test
    void takenPort_costsNoDescriptorsAndOneRetryHoweverManyReloads() throws Exception {
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                ScheduledThreadPoolExecutor background = new ScheduledThreadPoolExecutor(1)) {
            HttpServers servers = new HttpServers(
                    HttpSurroundings.of(Runnable::run, background),
                    Conditions.of(new Meters(new PrometheusRegistry())));
            Map<InetSocketAddress, Map<String, Responder>> endpoints =
                    Map.of(new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort()), Map.of());
            servers.apply(endpoints);
            long before = system.getOpenFileDescriptorCount();

            for (int i = 0; i < RELOADS; i++) {
                servers.apply(endpoints);
            }

            assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + RELOADS / 2);
            assertThat(background.getQueue()).hasSize(1);
            background.shutdownNow();
        }
    }
}
