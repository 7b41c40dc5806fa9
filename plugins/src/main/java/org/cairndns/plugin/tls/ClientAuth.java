package org.cairndns.plugin.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cairndns.plugin.spi.ServerTls.ClientCertificate;

/** Values of {@code client_auth}: whether clients show a certificate, whether it is checked. */
enum ClientAuth {
    NOCERT(ClientCertificate.NONE, false),
    REQUEST(ClientCertificate.OPTIONAL, false),
    REQUIRE(ClientCertificate.REQUIRED, false),
    VERIFY_IF_GIVEN(ClientCertificate.OPTIONAL, true),
    REQUIRE_AND_VERIFY(ClientCertificate.REQUIRED, true);

    private final ClientCertificate wanted;
    private final boolean verified;

    ClientAuth(ClientCertificate wanted, boolean verified) {
        this.wanted = wanted;
        this.verified = verified;
    }

    ClientCertificate wanted() {
        return wanted;
    }

    /** True if a certificate has to come from one of the authorities. */
    boolean isVerified() {
        return verified;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ClientAuth::text).toList();
    }
}
