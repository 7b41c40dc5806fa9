package org.cairndns.plugin.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Maker of the JDK's TLS settings from a directive's files. */
final class TlsFiles {
    /** Store in memory only; nobody ever sees it. */
    private static final char[] NO_PASSWORD = {};

    private TlsFiles() {}

    /**
     * What the files make.
     *
     * @param end until when clients take the certificate
     */
    record Loaded(SSLContext context, Instant end) {}

    /**
     * Reads the files.
     *
     * @throws IOException saying which file is not what it should be, and why
     */
    static Loaded load(TlsConfig config) throws IOException {
        List<X509Certificate> chain = PemFile.read(config.certificate()).certificates();
        PemFile.Section section = PemFile.read(config.key()).privateKey();
        TrustManager[] trust = trust(config);
        try {
            PrivateKey key = PrivateKeys.read(section, chain.getFirst().getPublicKey());
            KeyStore store = emptyStore();
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust, null);
            return new Loaded(context, end(chain));
        } catch (GeneralSecurityException e) {
            throw new IOException(config.key() + ": " + e.getMessage(), e);
        }
    }

    /** When the first certificate of a chain ends; clients take none of it from then on. */
    private static Instant end(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static TrustManager[] trust(TlsConfig config) throws IOException {
        if (!config.clientAuth().isVerified()) {
            return new TrustManager[] {new AnyCertificate()};
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            if (config.authority().isEmpty()) {
                factory.init((KeyStore) null);
                return factory.getTrustManagers();
            }
            KeyStore store = emptyStore();
            int number = 0;
            for (X509Certificate authority :
                    PemFile.read(config.authority().get()).certificates()) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("authorities of client certificates: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
