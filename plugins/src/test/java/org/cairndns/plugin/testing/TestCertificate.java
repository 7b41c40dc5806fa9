package org.cairndns.plugin.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate for {@code dns.example} that is its own authority.
 *
 * @param keys the certificate with its key
 * @param authorities PEM file that trusts it
 */
public record TestCertificate(KeyManagerFactory keys, Path authorities) {
    private static final String PASSWORD = "changeit";

    /** Makes one with the JDK's keytool, whose files go to a directory. */
    public static TestCertificate make(Path directory) throws IOException, GeneralSecurityException {
        return make(directory, "-validity 3650");
    }

    /** Makes one that was good until nine days ago. */
    public static TestCertificate makeExpired(Path directory) throws IOException, GeneralSecurityException {
        return make(directory, "-startdate -10d -validity 1");
    }

    private static TestCertificate make(Path directory, String validity) throws IOException, GeneralSecurityException {
        Path file = directory.resolve("store.p12");
        Path authorities = directory.resolve("ca.pem");
        keytool(
                file,
                "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=dns.example " + validity
                        + " -ext san=dns:dns.example");
        keytool(file, "-exportcert -rfc -alias a -file " + authorities);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        return new TestCertificate(keys, authorities);
    }

    private static void keytool(Path store, String arguments) throws IOException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String ending = " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + store;
        Process process = new ProcessBuilder(List.of((tool + " " + arguments + ending).split(" ")))
                .inheritIO()
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool " + arguments + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
