package org.cairndns.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.cairndns.rules.Project;

/** Where commands of pages run: a {@link TopFolder} with nothing on their path but the programs that they may use. */
final class PageFolder implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;

    /** What an API server says that lacks a resource; that of the tests has no scales. */
    private static final String LACKS = "the server could not find the requested resource";

    /** Where this is the end of a command, no line found is an answer too. */
    private static final Pattern SEARCH = Pattern.compile("(?s).* \\| grep (?!.* \\| ).*");

    /** A page that uses others has to say in the list why its commands are not run. */
    private static final List<String> PROGRAMS =
            List.of("cat", "cp", "curl", "diff", "dig", "env", "grep", "head", "kubectl", "openssl", "sort", "tail");

    private final Path folder;
    private final Path kubeconfig;

    private PageFolder(Path folder, Path kubeconfig) {
        this.folder = folder;
        this.kubeconfig = kubeconfig;
    }

    /** Makes one; {@code ./cairn} in it is the server that is tested. */
    static PageFolder make(Path folder, Path kubeconfig) throws IOException {
        TopFolder.fill(folder, "deploy", "docs", "samples");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String program : PROGRAMS) {
            for (String place : System.getenv("PATH").split(":")) {
                Path file = Path.of(place, program);
                if (Files.isExecutable(file) && !Files.exists(bin.resolve(program))) {
                    Files.createSymbolicLink(bin.resolve(program), file);
                }
            }
        }
        // What readers have of their own.
        Path corefile = folder.resolve("Corefile");
        Files.copy(Project.root().resolve("deploy/homelab/Corefile"), corefile);
        Files.copy(corefile, folder.resolve("mine.corefile"));
        return new PageFolder(folder, kubeconfig);
    }

    /** Starts a command; what it writes goes to a file. */
    Process start(String command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-euo", "pipefail", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PATH", folder.resolve("bin").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Runs a command that must succeed; what it wrote. */
    String run(String command, PageCommand from) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = start(command, output);
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended)
                    .as("%s\nends within %d s, after:\n%s", from, LIMIT_SECONDS, text)
                    .isTrue();
            int code = process.exitValue();
            if (text.contains(LACKS)) {
                System.out.println("PageCommandsTest: this API server cannot do it; not run: " + from);
            } else if (code != 1 || !SEARCH.matcher(command).matches()) {
                assertThat(code)
                        .as("%s\nsucceeds, or stands in commands-not-run.txt with a reason. It said:\n%s", from, text)
                        .isZero();
            }
            return text;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        TopFolder.unlink(folder);
    }
}
