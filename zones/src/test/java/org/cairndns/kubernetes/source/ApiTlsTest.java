package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates are made by {@code openssl}; without it these tests are skipped. */
class ApiTlsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
                "genrsa -traditional 2048",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                "ecparam -name prime256v1 -genkey -noout"
            })
    void endpoint_keyInAnyUsualForm_isTaken(String command) throws Exception {
        makeCertificate(command);
        ApiAccess access =
                ApiAccess.endpoint("https://127.0.0.1:1", file("client.crt"), file("client.key"), file("client.crt"));
        assertThat(access.tls()).isPresent();
    }

    @Test
    void endpoint_keyOfAnotherSort_saysSo() throws Exception {
        makeCertificate("genrsa 2048");
        assertThatThrownBy(() -> ApiAccess.endpoint(
                        "https://127.0.0.1:1", file("client.crt"), file("client.crt"), file("client.crt")))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining("can't use the certificates for https://127.0.0.1:1/");
    }

    @Test
    void endpoint_withCertificate_isLetIn() throws Exception {
        if (ApiServerProcess.assets().isEmpty()) {
            System.out.println("KUBEBUILDER_ASSETS names no kube-apiserver and etcd: no TLS connection is tried");
        }
        assumeTrue(ApiServerProcess.assets().isPresent());
        makeCertificate("ecparam -name prime256v1 -genkey -noout");
        ClusterModel model = new ClusterModel();
        try (ApiServerProcess api = ApiServerProcess.start(folder, "--client-ca-file=" + file("client.crt"))) {
            ApiAccess access = ApiAccess.endpoint(api.url(), file("client.crt"), file("client.key"), api.certificate());
            ApiSourceOptions options = SourceTesting.options(Set.of(ObjectKind.NAMESPACE), SourceTesting.QUICK);
            try (ApiSource source = SourceTesting.start(access, model, options, RequestObserver.NONE)) {
                SourceTesting.awaitSynced(source);
            }
            // An authority that has nothing to do with the API: refused, and tried again.
            ApiAccess wrong = ApiAccess.endpoint(api.url(), file("client.crt"), file("client.key"), file("client.crt"));
            try (ApiSource source = SourceTesting.start(wrong, model, options, RequestObserver.NONE)) {
                Await.until(
                        "refused twice",
                        () -> source.status().kinds().get(ObjectKind.NAMESPACE).reconnects() > 1);
                assertThat(source.status().kinds().get(ObjectKind.NAMESPACE).lastError())
                        .contains("SSL");
            }
        }
    }

    private void makeCertificate(String keyCommand) throws Exception {
        List<String> key = new ArrayList<>(List.of(keyCommand.split(" ")));
        key.addAll(1, List.of("-out", file("client.key").toString()));
        run(key);
        run(List.of(
                "req",
                "-x509",
                "-new",
                "-key",
                file("client.key").toString(),
                "-subj",
                "/O=system:masters/CN=tests",
                "-days",
                "2",
                "-out",
                file("client.crt").toString()));
    }

    private static void run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        int code = -1;
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            code = process.waitFor();
        } catch (IOException e) {
            System.out.println("no openssl: " + e.getMessage());
        }
        assumeTrue(code == 0, "openssl makes certificates");
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
