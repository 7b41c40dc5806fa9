package org.cairndns.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Corefiles of real machines with what a test machine has: files in a folder, free ports, no API. */
public final class CorefileSandbox {
    private final Path folder;
    private final Path manifests;
    private final Path resolvers;

    /** A sandbox whose files go to a folder. */
    public CorefileSandbox(Path folder) {
        this.folder = folder;
        this.manifests = folder.resolve("manifests");
        this.resolvers = folder.resolve("resolv.conf");
        try {
            Files.createDirectories(manifests);
            TestCertificate certificate = TestCertificate.create();
            certificate.writeTo(folder);
            Files.copy(folder.resolve("tls.crt"), folder.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(resolvers, "nameserver 127.0.0.1\nsearch example.org\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Corefile with other files, ports and sources of objects. */
    public String fit(String corefile) {
        return corefile.replace("/etc/resolv.conf", resolvers.toString())
                .replace("/certs/", folder + "/")
                .replaceAll("(?m)^(\\s*manifests) .*$", "$1 " + manifests)
                .replaceAll(
                        "(?m)^(\\s*)(kubernetes [^{\\n]*)\\{(?!\\s*manifests)", "$1$2{\n$1    manifests " + manifests)
                .replaceAll("(?m)^(\\s*)(kubernetes [^{\\n]*)$", "$1$2 {\n$1    manifests " + manifests + "\n$1}")
                .replaceAll("(?m)^\\s*(endpoint|kubeconfig|tls (?!" + folder + ")|labels|namespace_labels)\\b.*\n", "")
                .replaceAll(":(53|1053|8080|8181|9153|9253)\\b", ":0");
    }
}
