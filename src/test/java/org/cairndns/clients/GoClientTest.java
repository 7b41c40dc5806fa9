package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Go's own resolver: cloudflared, Traefik, Prometheus, Grafana, Flux, cert-manager. */
class GoClientTest extends ClientBattery {
    private static final String SHELL = "PATH=\"$PATH:/usr/local/go/bin\"; cd \"$0\" && CGO_ENABLED=0 GOTOOLCHAIN=local"
            + " GOPROXY=off GO111MODULE=off GOFLAGS= go build -o lookup-go lookup.go";

    @Override
    List<String> command(Path work) throws Exception {
        assumeTrue(Programs.present("go"), "there is no Go toolchain");
        Resource.copy("lookup.go", work);
        Programs.run("sh", "-c", SHELL, work.toString()).requireSuccess();
        return program();
    }

    private static List<String> program() {
        return List.of("env", "GODEBUG=netdns=go", work.resolve("lookup-go").toString());
    }

    @Test
    void srv_everyTargetWithItsPort() throws Exception {
        assertThat(ask("srv", "_redis._tcp.redis-headless").items()).containsExactlyInAnyOrder(RedisTargets.ALL);
    }

    @Test
    void cloudflared_findsTheRegionsOfItsTunnel() throws Exception {
        assertThat(ask("srv", "_v2-origintunneld._tcp.argotunnel.com").items())
                .containsExactlyInAnyOrder("region1.v2.argotunnel.com:7844", "region2.v2.argotunnel.com:7844");
        assertThat(ask("any", "region1.v2.argotunnel.com.").items())
                .containsExactlyInAnyOrder("203.0.113.21", "203.0.113.22", "2001:db8:0:0:0:0:0:21");
    }

    @Test
    void useVc_asksOverTcpOnly() throws Exception {
        GlibcClientTest.assertOverTcp(homelab(), program());
    }
}
