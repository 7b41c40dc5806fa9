package org.cairndns.plugin.tls;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The sections of a PEM file (RFC 7468), each with its label and its octets. */
final class PemFile {
    /** One section: {@code CERTIFICATE}, {@code PRIVATE KEY}, ... */
    record Section(String label, byte[] octets) {}

    /** Far more than any chain of certificates has. */
    private static final long MAX_OCTETS = 1 << 20;

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private final Path path;
    private final List<Section> sections;

    private PemFile(Path path, List<Section> sections) {
        this.path = path;
        this.sections = sections;
    }

    /** @throws IOException saying what is wrong with the file */
    static PemFile read(Path path) throws IOException {
        try {
            if (Files.size(path) > MAX_OCTETS) {
                throw new IOException(path + " is larger than " + MAX_OCTETS + " octets");
            }
            return new PemFile(path, sections(path, Files.readString(path, StandardCharsets.ISO_8859_1)));
        } catch (NoSuchFileException e) {
            throw missing(path);
        }
    }

    static FileNotFoundException missing(Path path) {
        return new FileNotFoundException("file does not exist: " + path);
    }

    private static List<Section> sections(Path path, String text) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
            int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
            String label = labelEnd < 0 ? "" : text.substring(begin + BEGIN.length(), labelEnd);
            int end = text.indexOf("-----END " + label + DASHES, begin);
            if (labelEnd < 0 || end < 0) {
                throw new IOException(path + " has a section without an end");
            }
            sections.add(new Section(label, decoded(path, text.substring(labelEnd + DASHES.length(), end))));
        }
        return sections;
    }

    private static byte[] decoded(Path path, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " is no PEM file: " + e.getMessage(), e);
        }
    }

    /** The certificates in file order, at least one. */
    List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Section section : sections) {
                if (section.label().equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(section.octets())));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(path + " has a certificate that cannot be read: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException(path + " has no certificate, expected -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /** The first private key. */
    Section privateKey() throws IOException {
        Stream<Section> keys =
                sections.stream().filter(section -> section.label().endsWith("PRIVATE KEY"));
        Section key = keys.findFirst()
                .orElseThrow(() -> new IOException(path + " has no private key, expected -----BEGIN PRIVATE KEY-----"));
        if (key.label().startsWith("ENCRYPTED")) {
            throw new IOException(path + " is protected by a password; expected a key without one");
        }
        return key;
    }
}
