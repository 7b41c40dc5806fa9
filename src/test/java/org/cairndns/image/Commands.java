package org.cairndns.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that are run to their end. */
final class Commands {
    /**
     * What a program said and how it ended.
     *
     * @param output of both streams
     */
    record Result(int code, String output) {
        /** The output without the end of its last line, if the program ended well; fails with it if not. */
        String orFail() {
            if (code != 0) {
                throw new AssertionError("exit " + code + ":\n" + output);
            }
            return output.strip();
        }

        String lastLine() {
            List<String> lines = output.strip().lines().toList();
            return lines.isEmpty() ? "" : lines.getLast();
        }
    }

    private Commands() {}

    static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
