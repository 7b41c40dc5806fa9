package org.cairndns.plugin.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one {@code tls} directive says.
 *
 * @param certificate PEM file with the server's certificate, those of intermediate authorities behind it
 * @param key PEM file with the private key
 * @param authority PEM file with the authorities of client certificates; empty for those of the Java runtime
 */
record TlsConfig(Path certificate, Path key, Optional<Path> authority, ClientAuth clientAuth) {
    List<Path> files() {
        return Stream.concat(Stream.of(certificate, key), authority.stream()).toList();
    }
}
