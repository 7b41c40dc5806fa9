package org.cairndns.perf.container;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.compare.Surroundings;
import org.cairndns.perf.faults.FaultReport;
import org.cairndns.perf.faults.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/container}. */
@Command(
        name = "perf/container",
        sortOptions = false,
        description =
                "Cairn's image with the limits of a pod: memory with a large cluster, start with little processor time, swaps.")
public final class InContainers implements Callable<Integer> {
    private static final String COREDNS_IMAGE = "localhost/coredns-of-this-machine:latest";
    private static final ClusterSize SMALL = new ClusterSize(1_000, 4);

    /** What is looked at. */
    enum Part {
        MEMORY,
        CPU,
        SWAP
    }

    @Mixin
    private final Setting setting = new Setting();

    @Mixin
    private final ClusterSize size = new ClusterSize(10_000, 10);

    @Option(
            names = "--image",
            paramLabel = "NAME|TAR",
            description = "Image of Cairn, in the engine or as a file (default: ${DEFAULT-VALUE})")
    private String image = "cairn:latest";

    @Option(
            names = "--servers",
            split = ",",
            description = "cairn, coredns (default: both, CoreDNS where COREDNS is set)")
    private Set<Contender> servers = Set.of(Contender.CAIRN, Contender.COREDNS);

    @Option(names = "--parts", split = ",", description = "${COMPLETION-CANDIDATES} (default: all, in this order)")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--memory", description = "MiB in the part memory (default: ${DEFAULT-VALUE})")
    private int memoryMib = 170;

    @Option(names = "--cpus", split = ",", description = "Processors in the part cpu (default: 0.1,1)")
    private List<Double> cpus = List.of(0.1, 1.0);

    @Option(names = "--seconds", description = "Full load of each mix in the part memory (default: ${DEFAULT-VALUE})")
    private int seconds = 15;

    @Option(
            names = "--warm",
            description =
                    "Part memory: leave the files of images in the machine's memory, where they do not count as the"
                            + " container's; without it this machine gives up what it has of files")
    private boolean warm;

    @Option(names = "--swaps", description = "Swaps with the way back in the part swap (default: ${DEFAULT-VALUE})")
    private int swaps = 5;

    @Option(names = "--seed", description = "Seed of all that is left to chance (default: ${DEFAULT-VALUE})")
    private long seed = 20261126;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results go (default: perf/results)")
    private Path out = Path.of("");

    private final PrintStream progress = System.out;

    /** Runs the command and ends with its exit code: 0 if everything was as it should be, 1 if not. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the command; its exit code. */
    public static int run(String... args) {
        return Contender.run(new InContainers(), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> missing = Engine.missing().or(ServiceAddress::missing);
        if (missing.isPresent()) {
            System.err.println("perf/container: " + missing.get());
            return 1;
        }
        if (!setting.isComplete("perf/container")) {
            return 1;
        }
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.put("seed", Long.toString(seed));
        facts.put("cluster of the part memory", size.words());
        facts.put("cluster of the other parts", SMALL.words());
        FaultReport report = new FaultReport("In containers", facts, look());
        setting.results(out, "container").write(report);
        progress.println(report.markdown());
        return report.isAsExpected() ? 0 : 1;
    }

    private List<Verdict> look() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("perf-images");
        try {
            Map<String, String> images = images(folder);
            List<Verdict> verdicts = new ArrayList<>();
            if (parts.contains(Part.MEMORY)) {
                memory(images, verdicts);
            }
            if (parts.contains(Part.CPU) || parts.contains(Part.SWAP)) {
                try (ContainerStage stage = ContainerStage.set(setting, SMALL)) {
                    inSmall(stage, images, verdicts);
                }
            }
            return verdicts;
        } finally {
            Setting.delete(folder);
        }
    }

    /** By label of the server, Cairn first. */
    private Map<String, String> images(Path folder) throws IOException {
        Map<String, String> images = new LinkedHashMap<>();
        boolean isFile = image.endsWith(".tar");
        images.put(Contender.CAIRN.label(), isFile ? Images.load(Path.of(image)) : image);
        if (setting.coreDns.isPresent() && servers.contains(Contender.COREDNS)) {
            images.put(
                    Contender.COREDNS.label(),
                    Images.ofProgram(COREDNS_IMAGE, setting.coreDns.get(), folder.resolve("coredns")));
        }
        return images;
    }

    private void memory(Map<String, String> images, List<Verdict> verdicts) throws IOException, InterruptedException {
        Limits limits = new Limits(memoryMib, 1, setting.cores().server());
        for (Map.Entry<String, String> server : images.entrySet()) {
            // A cluster for each, for the changes expect it as it was loaded.
            try (ContainerStage stage = ContainerStage.set(setting, size)) {
                progress.println(server.getKey() + " with " + limits.words());
                MemoryRun run = new MemoryRun(stage, server.getKey(), setting.cores(), seconds, seed);
                verdicts.addAll(run.of(stage.spec(server.getValue(), limits), !warm));
            }
        }
    }

    private void inSmall(ContainerStage stage, Map<String, String> images, List<Verdict> verdicts) throws IOException {
        if (parts.contains(Part.CPU)) {
            for (double part : cpus) {
                Limits limits = new Limits(memoryMib, part, setting.cores().server());
                for (Map.Entry<String, String> server : images.entrySet()) {
                    progress.println(server.getKey() + " with " + limits.words());
                    CpuRun run = new CpuRun(stage, server.getKey(), seed);
                    verdicts.addAll(run.of(stage.spec(server.getValue(), limits)));
                }
            }
        }
        if (parts.contains(Part.SWAP)) {
            Limits limits = new Limits(memoryMib, 0, -1);
            Map<String, ContainerSpec> servers = new LinkedHashMap<>();
            images.forEach((label, name) -> servers.put(label, stage.spec(name, limits)));
            verdicts.addAll(new SwapVerdicts(stage, servers, swaps).all());
        }
    }
}
