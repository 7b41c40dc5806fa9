package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.LogLines;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiSourceLogTest {
    @TempDir
    private Path folder;

    private ApiServerDouble api;
    private LogLines log;

    @BeforeEach
    void start() {
        log = new LogLines(ApiSource.class);
        api = ApiServerDouble.start(folder);
    }

    @AfterEach
    void stop() {
        log.close();
        api.close();
    }

    @Test
    void failed_apiThatIsNotThere_oneLineForAllKindsAndOneWhenItIsBack() throws Exception {
        api.kill();
        try (ApiSource source = SourceTesting.start(
                api.kubeconfig(), new ClusterModel(), SourceTesting.options(SourceTesting.ALL, SourceTesting.QUICK))) {
            Await.until(
                    "every kind tried twice",
                    () -> source.status().kinds().values().stream().allMatch(kind -> kind.reconnects() > 1));
            assertThat(log.containing(""))
                    .containsExactly("Kubernetes API: 127.0.0.1:" + SourceTesting.port(api)
                            + ": no connection, nothing seems to listen there (what is known stays in use, trying"
                            + " again)");

            api.restart();
            SourceTesting.awaitSynced(source);
            assertThat(log.containing("answers again")).hasSize(1);
        }
    }

    @Test
    void failed_tokenThatIsNotTaken_oneLine() throws Exception {
        api.changeToken("another");
        api.kill();
        Path kubeconfig = Files.writeString(
                folder.resolve("outdated"),
                Files.readString(api.kubeconfig()).replace("tokenFile: token", "token: outdated"));
        api.restart();
        try (ApiSource source = SourceTesting.start(
                kubeconfig, new ClusterModel(), SourceTesting.options(SourceTesting.ALL, SourceTesting.QUICK))) {
            Await.until(
                    "every kind tried twice",
                    () -> source.status().kinds().values().stream().allMatch(kind -> kind.reconnects() > 1));

            assertThat(log.containing("")).singleElement().asString().startsWith("Kubernetes API: 401 Unauthorized");
        }
    }
}
