package org.cairndns.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A certificate for {@code localhost} that a test makes up, with its key. */
public final class TestCertificate {
    private final X509Bundle bundle;

    private TestCertificate(X509Bundle bundle) {
        this.bundle = bundle;
    }

    /** A certificate of an elliptic curve, signed by itself. */
    public static TestCertificate create() {
        try {
            return new TestCertificate(new CertificateBuilder()
                    .ecp256()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Writes {@code tls.crt} and {@code tls.key}, as a Secret has them, and gives the directive that names them. */
    public String writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve("tls.crt"), bundle.getCertificatePathPEM());
        Files.writeString(folder.resolve("tls.key"), bundle.getPrivateKeyPEM());
        return "tls " + folder.resolve("tls.crt") + " " + folder.resolve("tls.key");
    }

    public X509Certificate certificate() {
        return bundle.getCertificate();
    }

    /** Settings of a client that trusts this certificate alone. */
    public SSLContext trusting() {
        return context(false);
    }

    /** Settings of a client that trusts this certificate and shows it as its own. */
    public SSLContext showing() {
        return context(true);
    }

    private SSLContext context(boolean showing) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    showing ? bundle.toKeyManagerFactory().getKeyManagers() : null,
                    new TrustManager[] {bundle.toTrustManager()},
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
