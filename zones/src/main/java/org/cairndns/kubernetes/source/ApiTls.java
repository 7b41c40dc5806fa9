package org.cairndns.kubernetes.source;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keys and trust of an access to the API.
 *
 * <p>Where an authority is named only that one is trusted. The library would add all public ones of the JDK, which costs
 * memory, and would let any of them vouch for the API.
 */
final class ApiTls {
    private ApiTls() {}

    /** The context of TLS connections by the certificate files as they are now. */
    static SSLContext context(Config config) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(config), trust(config), null);
        return context;
    }

    // The library takes a key that does not name its algorithm (PKCS #8) for RSA.
    private static KeyManager @Nullable [] keys(Config config) throws IOException, GeneralSecurityException {
        try {
            return keys(config, config.getClientKeyAlgo());
        } catch (IOException | GeneralSecurityException e) {
            try {
                return keys(config, "EC");
            } catch (IOException | GeneralSecurityException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private static KeyManager @Nullable [] keys(Config config, @Nullable String algorithm)
            throws IOException, GeneralSecurityException {
        return SSLUtils.keyManagers(
                config.getClientCertData(),
                config.getClientCertFile(),
                config.getClientKeyData(),
                config.getClientKeyFile(),
                algorithm,
                config.getClientKeyPassphrase(),
                config.getKeyStoreFile(),
                config.getKeyStorePassphrase());
    }

    private static TrustManager[] trust(Config config) throws IOException, GeneralSecurityException {
        boolean authorityNamed = isSet(config.getCaCertData()) || isSet(config.getCaCertFile());
        if (config.isTrustCerts() || !authorityNamed) {
            return SSLUtils.trustManagers(config);
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate authority : authorities(config)) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Collection<? extends Certificate> authorities(Config config)
            throws IOException, CertificateException {
        byte[] pem = isSet(config.getCaCertData())
                ? Base64.getMimeDecoder().decode(config.getCaCertData())
                : Files.readAllBytes(Path.of(config.getCaCertFile()));
        Collection<? extends Certificate> authorities =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        if (authorities.isEmpty()) {
            throw new CertificateException("no certificate of an authority");
        }
        return authorities;
    }

    private static boolean isSet(String text) {
        return text != null && !text.isEmpty();
    }
}
