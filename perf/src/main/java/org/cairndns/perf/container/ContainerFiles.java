package org.cairndns.perf.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Files that a kubelet lays into a pod, in a folder of this machine. */
public final class ContainerFiles {
    private static final String DATA = "..data";
    private static final String NEXT = "..data_tmp";
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String RESOLVER = "/etc/resolv.conf";

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

    /** Lays out the token and the authority by which a pod speaks with the API. */
    public void account(Path authority, String token) throws IOException {
        configMap("account", Map.of("ca.crt", Files.readString(authority), "token", token, "namespace", "kube-system"));
    }

    /** Writes the {@code resolv.conf} of the pod. */
    public void resolver(String text) throws IOException {
        Files.writeString(Files.createDirectories(folder).resolve("resolv.conf"), text);
    }

    /** Makes an empty folder that each user may write to, as a kubelet does for {@code emptyDir}. */
    public Path emptyFolder(String name) throws IOException {
        Path made = Files.createDirectories(volume(name));
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        return made;
    }

    /** Where each of them is in a pod of the stock manifests, with the ConfigMap {@code coredns} at {@code /etc/coredns}. */
    public Map<String, Path> mounts() {
        Map<String, Path> mounts = new HashMap<>(usualMounts());
        mounts.put("/etc/coredns", volume("coredns"));
        return mounts;
    }

    /** Where the account, if there is one, and the {@code resolv.conf} are in any pod. */
    public Map<String, Path> usualMounts() {
        Map<String, Path> mounts = new HashMap<>();
        mounts.put(RESOLVER, folder.resolve("resolv.conf"));
        if (Files.exists(volume("account"))) {
            mounts.put(ACCOUNT, volume("account"));
        }
        return mounts;
    }

    /** The folder of a ConfigMap that was laid out. */
    public Path volume(String name) {
        return folder.resolve(name);
    }
}
