package org.cairndns.perf.flame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code perf/flames}. */
@Command(
        name = "perf/flames",
        sortOptions = false,
        description = "Draw a flame graph of a recording of Java's flight recorder.")
public final class Flames implements Callable<Integer> {
    /** Samples by processor time, which hold time in system calls too. */
    private static final String BY_CPU_TIME = "jdk.CPUTimeSample";

    /** Samples of threads that run, and of those in native calls, where the others are not recorded. */
    private static final Set<String> BY_CLOCK = Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

    @Parameters(index = "0", paramLabel = "RECORDING", description = "The recording, FILE.jfr")
    private Path recording = Path.of("");

    @Parameters(index = "1", paramLabel = "PICTURE", description = "Where the picture goes, FILE.svg")
    private Path picture = Path.of("");

    @Option(names = "--thread", description = "Threads whose names start like this (default: ${DEFAULT-VALUE})")
    private String thread = "dns-";

    @Option(names = "--title", description = "What stands above the picture (default: name of the recording)")
    private String title = "";

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    /** Runs the command and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Flames()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        boolean byCpuTime =
                events.stream().anyMatch(event -> event.getEventType().getName().equals(BY_CPU_TIME));
        Set<String> wanted = byCpuTime ? Set.of(BY_CPU_TIME) : BY_CLOCK;
        Frame root = Frame.root("all");
        events.stream()
                .filter(event -> wanted.contains(event.getEventType().getName()))
                .filter(this::isOfThread)
                .forEach(event -> root.add(stack(event.getStackTrace())));
        if (root.samples() == 0) {
            System.err.println("perf/flames: " + recording + " has no samples of threads '" + thread + "...'");
            return 1;
        }
        Path name = recording.getFileName();
        Files.writeString(picture, FlameGraph.svg(root, title.isEmpty() && name != null ? name.toString() : title));
        System.out.println(picture + ": " + root.samples() + " samples");
        return 0;
    }

    private boolean isOfThread(RecordedEvent event) {
        String field = event.hasField("sampledThread") ? "sampledThread" : "eventThread";
        return event.getStackTrace() != null
                && event.getThread(field) != null
                && event.getThread(field).getJavaName() != null
                && event.getThread(field).getJavaName().startsWith(thread);
    }

    private static List<String> stack(RecordedStackTrace trace) {
        List<String> names = new ArrayList<>();
        for (RecordedFrame frame : trace.getFrames().reversed()) {
            String owner = frame.getMethod().getType().getName();
            // A hidden class has a number of its own in each process.
            names.add(owner.replaceAll("[/+]0x\\p{XDigit}+", "") + "."
                    + frame.getMethod().getName());
        }
        return names;
    }
}
