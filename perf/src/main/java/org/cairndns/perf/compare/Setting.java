package org.cairndns.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that the commands have in common, with what follows from them. */
public final class Setting {
    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            required = true,
            description = "Source tree of Cairn; perf/compare and perf/footprint know it")
    public Path home = Path.of("");

    @Option(
            names = "--assets",
            paramLabel = "FOLDER",
            description = "Folder with etcd and kube-apiserver (default: the variable KUBEBUILDER_ASSETS)")
    public Optional<Path> assets =
            Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).map(Path::of);

    @Option(
            names = "--coredns",
            paramLabel = "FILE",
            description = "CoreDNS to compare with (default: the variable COREDNS)")
    public Optional<Path> coreDns =
            Optional.ofNullable(System.getenv("COREDNS")).map(Path::of);

    @Option(
            names = "--also-cairn",
            paramLabel = "FOLDER",
            description = "Another source tree of Cairn, whose server takes part as cairn-b")
    Optional<Path> alsoCairn = Optional.empty();

    @Option(names = "--server-core", description = "Processor of the measured server (default: ${DEFAULT-VALUE})")
    int serverCore;

    @Option(names = "--client-core", description = "Processor of everything else (default: ${DEFAULT-VALUE})")
    int clientCore = 1;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    /** Where servers and everything else run. */
    public Cores cores() {
        return new Cores(serverCore, clientCore);
    }

    /** What starts Cairn. */
    public Path launcher() {
        return home.resolve("cairn").toAbsolutePath();
    }

    /** What starts Cairn, or CoreDNS, which must be there. */
    public Path program(Contender contender) {
        return contender == Contender.CAIRN ? launcher() : coreDns.orElseThrow();
    }

    /** A file of the source tree, by its path in it. */
    Path file(String path) {
        return home.resolve(path).toAbsolutePath().normalize();
    }

    /** Says on the error output what is missing on this machine and how to get it; true if nothing is. */
    public boolean isComplete(String command) {
        List<String> missing = missing();
        missing.forEach(line -> System.err.println(command + ": " + line));
        return missing.isEmpty();
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String program : List.of("dnsperf", "taskset")) {
            if (Surroundings.onPath(program).isEmpty()) {
                missing.add(program + " is not on the PATH; Debian packages: dnsperf, util-linux");
            }
        }
        for (String program : List.of("etcd", "kube-apiserver")) {
            if (assets.isEmpty() || !Files.isExecutable(assets.get().resolve(program))) {
                missing.add(program + " is not in "
                        + assets.map(Path::toString).orElse("KUBEBUILDER_ASSETS, which is not set")
                        + "; that is the folder that tests with a Kubernetes control plane use");
            }
        }
        if (coreDns.isPresent() && !Files.isExecutable(coreDns.get())) {
            missing.add(coreDns.get() + " of COREDNS is not a program");
        }
        return missing;
    }

    /** The files of a run of today in a folder, {@code perf/results} if it is the empty path. */
    public ResultFiles results(Path folder, String command) {
        Path results = folder.toString().isEmpty() ? home.resolve("perf/results") : folder;
        return new ResultFiles(results.normalize(), command + "-" + LocalDate.now(ZoneOffset.UTC));
    }

    /** Removes a folder with all in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
