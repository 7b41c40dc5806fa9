package org.cairndns.server.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a training: keys, kubeconfigs, a Corefile. */
final class TrainingFiles {
    /** Protects keys that vouch for nothing and are gone after the training. */
    static final char[] PASSWORD = "training".toCharArray();

    private static final String ALIAS = "api";

    private final Path folder;
    private final Path keytool;

    /**
     * @param java the java command of a runtime, beside which keytool is
     */
    TrainingFiles(Path folder, Path java) {
        this.folder = folder;
        this.keytool = java.resolveSibling("keytool");
    }

    /** A new key with a certificate for 127.0.0.1 that it signed itself. */
    KeyStore keys(String algorithm) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(algorithm + ".p12");
        Process process = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=api",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** The kubeconfig for a port behind which a certificate of {@link #keys} is. */
    Path kubeconfig(KeyStore keys, int port) throws IOException, GeneralSecurityException {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate(ALIAS).getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        String authority = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        return Files.writeString(folder.resolve("kubeconfig-" + port), """
            apiVersion: v1
            kind: Config
            current-context: training
            contexts: [{name: training, context: {cluster: training, user: training}}]
            clusters: [{name: training, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
            users: [{name: training, user: {token: training}}]
            """.formatted(port, authority));
    }

    /** The Corefile that comes with clusters, and a second cluster with a snapshot on the fifth port. */
    Path corefile(List<Integer> ports, int upstreamPort, Path kubeconfig, Path otherKubeconfig) throws IOException {
        return Files.writeString(folder.resolve("Corefile"), """
            .:%d {
                bind 127.0.0.1
                errors
                health 127.0.0.1:%d {
                    lameduck 0s
                }
                ready 127.0.0.1:%d
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig %s
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus 127.0.0.1:%d
                forward . 127.0.0.1:%d {
                    max_concurrent 1000
                }
                cache 30
                loop
                reload
                loadbalance
            }
            cluster.local:%d {
                bind 127.0.0.1
                kubernetes cluster.local {
                    kubeconfig %s
                    snapshot %s
                }
            }
            """.formatted(
                        ports.get(0),
                        ports.get(1),
                        ports.get(2),
                        kubeconfig,
                        ports.get(3),
                        upstreamPort,
                        ports.get(4),
                        otherKubeconfig,
                        folder.resolve("snapshot")));
    }

    /** Removes a folder with all in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
