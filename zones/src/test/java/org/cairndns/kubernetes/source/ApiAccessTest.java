package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiAccessTest {
    @TempDir
    Path folder;

    @Test
    void inCluster_outsideOfOne_saysWhatElseToUse() {
        assertThatThrownBy(() -> ApiAccess.inCluster(Map.of(), folder))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining("KUBERNETES_SERVICE_HOST")
                .hasMessageContaining("kubeconfig");
    }

    @Test
    void inCluster_withoutServiceAccount_namesTheFile() {
        Map<String, String> environment =
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
        assertThatThrownBy(() -> ApiAccess.inCluster(environment, folder))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining(folder.resolve("ca.crt").toString());
    }

    @Test
    void inCluster_certificateUnreadable_saysSo() throws Exception {
        Files.writeString(folder.resolve("ca.crt"), "no certificate");
        Files.writeString(folder.resolve("token"), "t");
        Map<String, String> environment =
                Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443");
        assertThatThrownBy(() -> ApiAccess.inCluster(environment, folder))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining("https://10.0.0.1:443/");
    }

    @ParameterizedTest
    @CsvSource({"http://10.0.0.1:8080, http://10.0.0.1:8080/", "10.0.0.1:8080, http://10.0.0.1:8080/"})
    void endpoint_withOrWithoutScheme_address(String url, String base) throws Exception {
        ApiAccess access = ApiAccess.endpoint(url);
        assertThat(access.base()).hasToString(base);
        assertThat(access.tls()).isEmpty();
        assertThat(access.authorization()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "http://", "a b", "https://[", ""})
    void endpoint_noUrl_isRefused(String url) {
        assertThatThrownBy(() -> ApiAccess.endpoint(url)).isInstanceOf(ClusterConfigException.class);
    }

    @Test
    void endpoint_fileMissing_isNamed() {
        Path missing = folder.resolve("client.crt");
        assertThatThrownBy(() -> ApiAccess.endpoint("https://a", missing, missing, missing))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessage("tls: can't read " + missing
                        + ": there is no such file (correct the path, or mount the file there)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # context | text                                          | message
                    ''        | ''                                            | is
                    ''        | {                                             | is no kubeconfig
                    ''        | contexts: []                                  | has no current-context
                    nope      | contexts: [{name: a, context: {cluster: c}}]  | has no context nope, only [a]
                    a         | contexts: [{name: a, context: {cluster: c}}]  | has no cluster c, only []
                    a         | contexts: [{name: a}]                         | has an empty context a
                    """)
    void kubeconfig_unusable_saysWhy(String context, String text, String message) throws Exception {
        Path file = write("kubeconfig", text);
        assertThatThrownBy(() -> ApiAccess.kubeconfig(file, context))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void kubeconfig_missing_isNamed() {
        Path file = folder.resolve("nowhere");
        assertThatThrownBy(() -> ApiAccess.kubeconfig(file, ""))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessage("kubeconfig: can't read " + file
                        + ": there is no such file (correct the path, or mount the file there)");
    }

    @Test
    void kubeconfig_serverWithoutScheme_isRefusedWithoutTryingIt() throws Exception {
        Path file = write("kubeconfig", kubeconfig("127.0.0.1:1", "{}"));
        assertThatThrownBy(() -> ApiAccess.kubeconfig(file, ""))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining("'127.0.0.1:1'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {token: abc}                        | Bearer abc
                    {token: 0123}                       | Bearer 0123
                    {tokenFile: token}                  | Bearer from-file
                    {username: user, password: pass}    | Basic dXNlcjpwYXNz
                    """)
    void kubeconfig_credentials_areSent(String user, String authorization) throws Exception {
        write("token", "from-file\n");
        Path file = write("kubeconfig", kubeconfig("http://127.0.0.1:1", user));
        assertThat(ApiAccess.kubeconfig(file, "other").authorization()).contains(authorization);
    }

    @Test
    void kubeconfig_exec_tokenOfTheProgram() throws Exception {
        Path program = write("credentials", """
                #!/bin/sh
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"made"}}'
                """);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        String user = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: " + program + "}}";
        Path file = write("kubeconfig", kubeconfig("http://127.0.0.1:1", user));
        assertThat(ApiAccess.kubeconfig(file, "").authorization()).contains("Bearer made");
    }

    @Test
    void tokenFile_vanished_lastTokenIsUsed() throws Exception {
        Path token = write("token", "first");
        ApiAccess access =
                ApiAccess.kubeconfig(write("kubeconfig", kubeconfig("http://127.0.0.1:1", "{tokenFile: token}")), "");
        assertThat(access.authorization()).contains("Bearer first");
        Files.writeString(token, "second");
        assertThat(access.authorization()).contains("Bearer second");
        Files.delete(token);
        assertThat(access.authorization()).contains("Bearer second");
    }

    @Test
    void kubeconfig_changed_isUsedAfterReread() throws Exception {
        Path file = write("kubeconfig", kubeconfig("http://127.0.0.1:1", "{token: old}"));
        ApiAccess access = ApiAccess.kubeconfig(file, "");
        write("kubeconfig", kubeconfig("http://127.0.0.1:2", "{token: new}"));
        access.reread();
        assertThat(access.base()).hasToString("http://127.0.0.1:2/");
        assertThat(access.authorization()).contains("Bearer new");
        write("kubeconfig", "broken: [");
        access.reread();
        assertThat(access.authorization()).contains("Bearer new");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String kubeconfig(String server, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: main
                contexts:
                - {name: main, context: {cluster: c, user: u}}
                - {name: other, context: {cluster: c, user: u}}
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: %s}]
                """.formatted(server, user);
    }
}
