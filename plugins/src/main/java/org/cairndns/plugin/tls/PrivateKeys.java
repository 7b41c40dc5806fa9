package org.cairndns.plugin.tls;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** Reader of private keys in the three forms that PEM files have: PKCS #8, PKCS #1 of RSA, SEC 1 of elliptic curves. */
final class PrivateKeys {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeys() {}

    /**
     * The key that belongs to a certificate's public key.
     *
     * @throws GeneralSecurityException if it cannot be read or belongs to another
     */
    static PrivateKey read(PemFile.Section section, PublicKey publicKey) throws GeneralSecurityException {
        byte[] pkcs8 = section.label().equals("PRIVATE KEY")
                ? section.octets()
                : wrapped(section.octets(), algorithmIdentifier(publicKey));
        PrivateKey key =
                KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        checkPair(key, publicKey);
        return key;
    }

    /** PKCS #8 (RFC 5208 5) is the older forms behind the algorithm, which the certificate knows too. */
    private static byte[] wrapped(byte[] octets, byte[] algorithmIdentifier) {
        return element(SEQUENCE, joined(VERSION_0, algorithmIdentifier, element(OCTET_STRING, octets)));
    }

    /** First element of SubjectPublicKeyInfo (RFC 5280 4.1.2.7), with its header. */
    private static byte[] algorithmIdentifier(PublicKey key) {
        byte[] info = key.getEncoded();
        int start = headerOctets(info, 0);
        int length = headerOctets(info, start) + contentOctets(info, start);
        return Arrays.copyOfRange(info, start, start + length);
    }

    private static int headerOctets(byte[] der, int offset) {
        int first = der[offset + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static int contentOctets(byte[] der, int offset) {
        int first = der[offset + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | der[offset + 2 + i] & 0xff;
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] header = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x83, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
        return joined(header, content);
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static void checkPair(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> publicKey.getAlgorithm();
        };
        byte[] sample = {1, 2, 3};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(sample);
        byte[] signature = signer.sign();
        signer.initVerify(publicKey);
        signer.update(sample);
        if (!signer.verify(signature)) {
            throw new InvalidKeyException("private key does not belong to the certificate");
        }
    }
}
