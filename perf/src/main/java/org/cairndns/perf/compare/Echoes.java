package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs that send each query back as the response to itself: what is left when a server does nothing. */
final class Echoes {
    private final Path folder;

    /**
     * @param folder for the compiled program
     */
    Echoes(Path folder) {
        this.folder = folder;
    }

    /**
     * The limit for any server on this kernel.
     *
     * @param compiler takes the options of {@code cc}
     * @param source {@code perf/echo.c}
     */
    Peer c(Path compiler, Path source) throws IOException, InterruptedException {
        Path program = folder.resolve(Contender.ECHO_C.label());
        Process process = new ProcessBuilder(compiler.toString(), "-O2", "-o", program.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("cannot compile " + source + ":\n" + output);
        }
        int port = Ports.free(1).getFirst();
        return Peer.of(Contender.ECHO_C, List.of(program.toString(), String.valueOf(port)), port);
    }

    /** The limit for a server on Netty, with the JVM options and socket options of Cairn. */
    Peer netty(Path java, Path jvmOptions) throws IOException {
        int port = Ports.free(1).getFirst();
        List<String> command = List.of(
                java.toString(),
                "@" + jvmOptions,
                "-cp",
                System.getProperty("java.class.path"),
                UdpEcho.class.getName(),
                String.valueOf(port));
        return Peer.of(Contender.ECHO_NETTY, command, port);
    }
}
