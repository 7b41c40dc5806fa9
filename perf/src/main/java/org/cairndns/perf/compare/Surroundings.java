package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What belongs beside figures to read them: the machine, the versions, what else it was doing. */
public final class Surroundings {
    private Surroundings() {}

    /** Facts by name. */
    public static Map<String, String> facts(Path home, Optional<Path> coreDns)
            throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", cpuModel() + ", " + Runtime.getRuntime().availableProcessors() + " usable by the load");
        facts.put("kernel", System.getProperty("os.version"));
        facts.put("java", Runtime.version().toString());
        facts.put("cairn", commit(home));
        if (coreDns.isPresent()) {
            facts.put("coredns", firstLine(List.of(coreDns.get().toString(), "-version")));
        }
        facts.put(
                "load average at start",
                Files.readString(Path.of("/proc/loadavg")).strip());
        return facts;
    }

    private static String cpuModel() throws IOException {
        return Files.readString(Path.of("/proc/cpuinfo"))
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown");
    }

    /** The commit that a source tree is at, or the one that its folders are linked from, whoever owns it. */
    static String commit(Path tree) throws InterruptedException {
        // Without the option git tells root, as whom some commands run, nothing of a tree of somebody else's.
        String line = firstLine(List.of(
                "git", "-c", "safe.directory=*", "-C", tree.resolve("perf").toString(), "log", "-1", "--format=%h %s"));
        return line.startsWith("fatal:") ? "no commit is known" : line;
    }

    /** The first line that a program writes, without the time that some write before it. */
    static String firstLine(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines().findFirst().orElse("").replaceFirst("^\\w{3} \\d\\d [\\d:]{8} ", "");
        } catch (IOException e) {
            return "not found";
        }
    }

    /** Where a program lies: on the search path or where servers are, which is not on everybody's. */
    public static Optional<Path> onPath(String program) {
        return Stream.of((System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
