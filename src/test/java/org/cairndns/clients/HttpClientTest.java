package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that fetch a page connect to a service by its name. */
@ExtendWith(SharedHomelab.class)
class HttpClientTest {
    private static final Duration MAX_WAIT = Duration.ofSeconds(4);

    private static Pod near;
    private static Pod far;

    @BeforeAll
    static void start(Homelab homelab, @TempDir Path work) throws Exception {
        assumeTrue(Programs.present("python3"), "python3 is not installed");
        Files.writeString(work.resolve("index.html"), "dashboards");
        Pod grafana = homelab.pod("monitoring", "grafana-0", "10.1.0.51").answersFor("10.152.183.51");
        grafana.start(
                homelab.work().resolve("grafana.log"),
                "python3",
                "-m",
                "http.server",
                "--directory",
                work.toString(),
                "3000");
        near = homelab.client("monitoring");
        far = homelab.client("data");
        Homelab.await(
                "the page is there",
                () -> far.run("bash", "-c", "exec 3<>/dev/tcp/10.152.183.51/3000")
                                .exit()
                        == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl -sS", "wget -q -O - --tries=1", "busybox wget -q -O -"})
    void page_isFetchedByNames_andAnUnknownNameFailsAtOnce(String fetch) throws Exception {
        assumeTrue(Programs.present(fetch.split(" ")[0]), fetch.split(" ")[0] + " is not installed");

        assertThat(near.run(command(fetch, "http://grafana:3000/"))
                        .requireSuccess()
                        .output())
                .isEqualTo("dashboards");
        assertThat(far.run(command(fetch, "http://grafana.monitoring:3000/"))
                        .requireSuccess()
                        .output())
                .isEqualTo("dashboards");
        assertThat(far.run(command(fetch, "http://grafana.monitoring.svc.cluster.local.:3000/"))
                        .requireSuccess()
                        .output())
                .isEqualTo("dashboards");
        Ran failed = far.run(command(fetch, "http://grafana:3000/"));
        assertThat(failed.exit()).isNotZero();
        assertThat(failed.took()).as("%s", failed).isLessThan(MAX_WAIT);
    }

    private static String[] command(String fetch, String url) {
        List<String> command = new ArrayList<>(List.of(fetch.split(" ")));
        command.add(url);
        return command.toArray(String[]::new);
    }
}
