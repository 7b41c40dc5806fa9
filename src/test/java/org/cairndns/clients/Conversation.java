package org.cairndns.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A client that runs in a pod and looks up what it is told: a line {@code KIND NAME} to it, a line
 * {@code VERDICT MILLIS ITEM...} back.
 *
 * <p>One process does all look-ups, so that what it remembers of earlier ones counts. For one thread at a time.
 */
final class Conversation implements AutoCloseable {
    /** More than three attempts of the most patient client, of 5 seconds each. */
    private static final int LIMIT_SECONDS = 20;

    /** What a client has seen: {@code ok} with items, {@code none} if there is no such name or record, {@code failed}. */
    record Seen(String verdict, long millis, List<String> items) {
        private static Seen of(String line) {
            List<String> words = List.of(line.strip().split(" "));
            List<String> items = words.subList(2, words.size());
            boolean ok = words.getFirst().equals("ok");
            return new Seen(
                    words.getFirst(),
                    Long.parseLong(words.get(1)),
                    ok ? items.stream().map(Seen::canonical).toList() : items);
        }

        /** Addresses of version 6 in one form, names without the last dot. */
        private static String canonical(String item) {
            return item.matches("[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:]*")
                    ? InetAddress.ofLiteral(item).getHostAddress()
                    : item.replace(".:", ":");
        }
    }

    private final Process process;
    private final Path errors;
    private final Writer toClient;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Conversation(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.toClient = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    /** Starts the client in a pod. */
    static Conversation with(Pod pod, List<String> command) throws IOException {
        Path errors = Files.createTempFile("client", ".txt");
        Process process = new ProcessBuilder(pod.command(command.toArray(String[]::new)))
                .redirectError(errors.toFile())
                .start();
        return new Conversation(process, errors);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
                Stream<String> all = reader.lines()) {
            all.forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            // The client has been ended.
        }
    }

    /** Has the client look up a name; {@code kind} is {@code any}, {@code 4}, {@code 6} or {@code srv}. */
    Seen ask(String kind, String name) throws IOException, InterruptedException {
        toClient.write(kind + " " + name + "\n");
        toClient.flush();
        String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError(
                    "no verdict on " + name + " within " + LIMIT_SECONDS + " s: " + Files.readString(errors));
        }
        return Seen.of(line);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
