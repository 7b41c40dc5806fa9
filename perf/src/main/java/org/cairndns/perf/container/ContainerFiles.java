package org.cairndns.perf.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** Files that a kubelet lays into a pod, in a folder of this machine. */
public final class ContainerFiles {
    private static final String DATA = "..data";
    private static final String NEXT = "..data_tmp";
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final Path folder;
    private int versions;

    /**
     * @param folder for all of them; made if there is none
     */
    public ContainerFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Lays out the keys of a ConfigMap, or replaces all of them at once: files are links into a folder {@code ..data}, which is
     * itself a link that is replaced.
     */
    public void configMap(String name, Map<String, String> keys) {
        try {
            Path volume = Files.createDirectories(volume(name));
            String version = "..version_" + ++versions;
            Path files = Files.createDirectory(volume.resolve(version));
            for (Map.Entry<String, String> key : keys.entrySet()) {
                Files.writeString(files.resolve(key.getKey()), key.getValue());
            }
            Path next = Files.createSymbolicLink(volume.resolve(NEXT), Path.of(version));
            Files.move(next, volume.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
            for (String key : keys.keySet()) {
                Path link = volume.resolve(key);
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, Path.of(DATA, key));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays out the token and the authority by which a pod speaks with the API, and the {@code resolv.conf} of the node. */
    public void account(Path authority, String token, InetAddress nameserver) throws IOException {
        configMap("account", Map.of("ca.crt", Files.readString(authority), "token", token, "namespace", "kube-system"));
        Files.writeString(folder.resolve("resolv.conf"), "nameserver " + nameserver.getHostAddress() + "\n");
    }

    /** Where each of them is in a pod of the stock manifests, with the ConfigMap {@code coredns} at {@code /etc/coredns}. */
    public Map<String, Path> mounts() {
        Map<String, Path> mounts = new HashMap<>();
        mounts.put("/etc/coredns", volume("coredns"));
        mounts.put(ACCOUNT, volume("account"));
        mounts.put("/etc/resolv.conf", folder.resolve("resolv.conf"));
        return mounts;
    }

    private Path volume(String name) {
        return folder.resolve(name);
    }
}
