package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs that tests run where they are installed. */
final class Command {
    private Command() {}

    /**
     * What came of a program.
     *
     * @param output what it wrote, errors among it
     */
    record Result(List<String> command, int exit, String output) {
        /** Fails unless the program says that it went well. */
        Result requireSuccess() {
            assertThat(exit).as("%s%n%s", String.join(" ", command), output).isZero();
            return this;
        }
    }

    /** Ends the test as skipped, with the reason in the output, where a program is missing. */
    static void require(String program, String purpose) {
        String reason = "skipped: " + purpose + " needs " + program + ", which is not installed";
        boolean there = isInstalled(program);
        if (!there) {
            System.out.println(reason);
        }
        assumeTrue(there, reason);
    }

    private static boolean isInstalled(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Runs a program to its end in a folder. */
    static Result run(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(command, process.waitFor(), output);
        } catch (IOException e) {
            throw new AssertionError(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
