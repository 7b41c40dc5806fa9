package org.cairndns.plugin.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the forms that tools write; what is inside PKCS #8 is the older form, as another library takes it apart. */
class PrivateKeysTest {
    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void rsa_inBothForms_isTheSameKey(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        assertSameInBothForms(generator.generateKeyPair(), "RSA PRIVATE KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void ellipticCurve_inBothForms_isTheSameKey(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        assertSameInBothForms(generator.generateKeyPair(), "EC PRIVATE KEY");
    }

    @Test
    void ed25519_isRead() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(read(pair, "PRIVATE KEY", pair.getPrivate().getEncoded()).getEncoded())
                .isEqualTo(pair.getPrivate().getEncoded());
    }

    @Test
    void key_ofAnotherCertificate_isRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        KeyPair one = generator.generateKeyPair();
        KeyPair other = generator.generateKeyPair();

        assertThatThrownBy(() -> read(one, "PRIVATE KEY", other.getPrivate().getEncoded()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("private key does not belong to the certificate");
    }

    private static void assertSameInBothForms(KeyPair pair, String olderLabel) throws Exception {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] older = PrivateKeyInfo.getInstance(pkcs8)
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();

        assertThat(secret(read(pair, "PRIVATE KEY", pkcs8))).isEqualTo(secret(pair.getPrivate()));
        assertThat(secret(read(pair, olderLabel, older))).isEqualTo(secret(pair.getPrivate()));
    }

    private static BigInteger secret(PrivateKey key) {
        return key instanceof ECPrivateKey curve ? curve.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }

    private static PrivateKey read(KeyPair pair, String label, byte[] octets) throws GeneralSecurityException {
        return PrivateKeys.read(new PemFile.Section(label, octets), pair.getPublic());
    }
}
