package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;

/** Processes of one server that are started, stopped and told to read their Corefile again, all on one address. */
final class LifecycleServers {
    private static final int HOSTS = 1_000;
    private static final int FORWARDED_EVERY = 10;
    private static final String HOST = "h%d.example.org";

    private final Setting setting;
    private final Contender contender;
    private final Path folder;
    private final int upstreamPort;
    private final int port;
    private final Path hosts;
    private int started;

    /** One of them. */
    record Instance(RunningPeer server, Path corefile) {}

    LifecycleServers(Setting setting, Contender contender, Path folder, int upstreamPort) throws IOException {
        this.setting = setting;
        this.contender = contender;
        this.folder = folder;
        this.upstreamPort = upstreamPort;
        this.port = Ports.free(1).getFirst();
        this.hosts = folder.resolve("hosts");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            lines.add("10.1.%d.%d ".formatted(i >> 8, i & 0xff) + HOST.formatted(i));
        }
        Files.write(hosts, lines);
    }

    int port() {
        return port;
    }

    /** Queries for what a server knows, and one of ten for what it has to ask upstream for. */
    Path queries() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < FORWARDED_EVERY * HOSTS; i++) {
            String name = i % FORWARDED_EVERY == 0 ? "f" + i + ".example.net" : HOST.formatted(i % HOSTS);
            lines.add(name + " A");
        }
        return Files.write(folder.resolve("queries." + contender.label()), lines);
    }

    /** Starts one more, and waits until it is ready. */
    Instance start() throws IOException, InterruptedException {
        List<Integer> pages = Ports.free(2);
        String name = contender.label() + "-" + ++started;
        Path corefile = folder.resolve("Corefile." + name);
        write(corefile, pages, 60);
        Path program = setting.program(contender);
        List<String> command = new ArrayList<>(List.of(program.toString(), "-conf", corefile.toString()));
        if (contender == Contender.CAIRN) {
            command.add("-takeover");
        }
        Peer peer = new Peer(name, command, port, pages.getFirst(), EnumSet.of(Mix.MISS));
        return new Instance(RunningPeer.start(peer, folder, setting.cores(), HOST.formatted(0)), corefile);
    }

    /** Has a process read a changed Corefile. */
    void reload(Instance instance, int number) throws IOException, InterruptedException {
        List<Integer> pages = List.of(instance.server().peer().readyPort(), 0);
        write(instance.corefile(), pages, 60 + number);
        new ProcessBuilder("kill", "-USR1", Long.toString(instance.server().pid()))
                .start()
                .waitFor();
    }

    private void write(Path corefile, List<Integer> pages, int ttlSeconds) throws IOException {
        Path next = Files.writeString(corefile.resolveSibling("next"), """
                .:%d {
                    bind 127.0.0.1
                    health 127.0.0.1:%d {
                        lameduck 1s
                    }
                    ready 127.0.0.1:%d
                    hosts %s {
                        ttl %d
                        fallthrough
                    }
                    forward . 127.0.0.1:%d
                    cache 30
                }
                """.formatted(
                        port, healthPort(corefile, pages), pages.getFirst(), hosts, ttlSeconds, upstreamPort));
        Files.move(next, corefile, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The one that the file has already, for one that changes would be opened anew. */
    private static int healthPort(Path corefile, List<Integer> pages) throws IOException {
        if (!Files.exists(corefile)) {
            return pages.getLast();
        }
        String line = Files.readAllLines(corefile).stream()
                .filter(each -> each.contains("health "))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(line.replaceAll(".*:([0-9]+) .*", "$1"));
    }
}
