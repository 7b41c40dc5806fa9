package org.cairndns.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A pod as far as names go: a network namespace with an address, a host name, and the files of {@code /etc} that decide
 * how names are looked up.
 *
 * <p>Programs in it see this machine's other files. Made by {@link PodNetwork#pod}.
 */
final class Pod {
    /** Time that {@link #run(String...)} gives a program: more than any client's own patience with a name. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Path FILES = Path.of("/etc/netns");

    private final String networkNamespace;
    private final String namespace;
    private final String name;
    private final String address;

    Pod(String networkNamespace, String namespace, String name, String address) {
        this.networkNamespace = networkNamespace;
        this.namespace = namespace;
        this.name = name;
        this.address = address;
    }

    String networkNamespace() {
        return networkNamespace;
    }

    String name() {
        return name;
    }

    String address() {
        return address;
    }

    /** Gives the namespace its address and files; the wire to the bridge is there as {@code eth0}. */
    void connect() throws IOException, InterruptedException {
        Files.createDirectories(FILES.resolve(networkNamespace));
        file("resolv.conf", resolvConf());
        file("hosts", """
                # Kubernetes-managed hosts file.
                127.0.0.1\tlocalhost
                ::1\tlocalhost ip6-localhost ip6-loopback
                fe00::0\tip6-localnet
                fe00::0\tip6-mcastprefix
                fe00::1\tip6-allnodes
                fe00::2\tip6-allrouters
                %s\t%s
                """.formatted(address, name));
        // As in Debian's images; this machine's own may know of systemd-resolved or of mDNS.
        file("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
        ip("link", "set", "lo", "up");
        ip("address", "add", address + "/16", "dev", "eth0");
        ip("link", "set", "eth0", "up");
        ip("route", "add", Homelab.SERVICE_RANGE, "dev", "eth0");
    }

    /** What a kubelet has containerd write, in its order. */
    String resolvConf() {
        return """
                search %s.svc.cluster.local svc.cluster.local cluster.local
                nameserver %s
                options ndots:5
                """.formatted(namespace, Homelab.CLUSTER_IP);
    }

    /** Gives the pod a file of {@code /etc} of its own, where the machine has one of this name too. */
    Pod file(String file, String text) throws IOException {
        Files.writeString(FILES.resolve(networkNamespace).resolve(file), text);
        return this;
    }

    /** Lets the pod answer for one more address, such as the cluster IP of a service whose only endpoint it is. */
    Pod answersFor(String more) throws IOException, InterruptedException {
        ip("address", "add", more + "/32", "dev", "eth0");
        return this;
    }

    /** Lets programs send to multicast groups, such as that of mDNS, where nobody answers. */
    Pod reachesGroups() throws IOException, InterruptedException {
        ip("route", "add", "224.0.0.0/4", "dev", "eth0");
        return this;
    }

    /** Takes an address away again. */
    void noLongerAnswersFor(String gone) throws IOException, InterruptedException {
        ip("address", "del", gone + "/32", "dev", "eth0");
    }

    /** Runs a program in the pod until it ends, for at most 30 seconds. */
    Ran run(String... command) throws IOException, InterruptedException {
        return run(LIMIT, command);
    }

    /** Runs a program in the pod until it ends; fails if that takes longer. */
    Ran run(Duration limit, String... command) throws IOException, InterruptedException {
        return Programs.run(command(command), limit);
    }

    /** Starts a program that goes on; it ends with the network at the latest. Its output goes to {@code log}. */
    Process start(Path log, String... command) throws IOException {
        return new ProcessBuilder(command(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** What runs a command in the pod; the process becomes that command, so that signals reach it. */
    List<String> command(String... command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", networkNamespace, "unshare", "--uts"));
        inside.addAll(List.of("sh", "-c", "hostname \"$0\" && exec \"$@\"", name));
        inside.addAll(List.of(command));
        return inside;
    }

    private void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", networkNamespace));
        command.addAll(List.of(arguments));
        Programs.run(command.toArray(String[]::new)).requireSuccess();
    }

    /** Ends what runs in the pod and removes it; a pod that was made half way, too. */
    void remove() throws IOException, InterruptedException {
        List<ProcessHandle> running = Programs.run("ip", "netns", "pids", networkNamespace).lines().stream()
                .map(Long::parseLong)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
        running.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : running) {
            process.onExit().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        }
        Programs.run("ip", "netns", "del", networkNamespace);
        Path files = FILES.resolve(networkNamespace);
        if (Files.isDirectory(files)) {
            try (Stream<Path> all = Files.list(files)) {
                for (Path file : all.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(files);
        }
    }
}
