package org.cairndns.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.CorefileHash;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;

/** Place that the Corefile comes from, read anew at each reload. */
final class CorefileLoader {
    private static final String NAME = "Corefile";

    /** What answers where there is no Corefile, as with CoreDNS. */
    private static final CorefileSource BUILT_IN = CorefileSource.of(". {\n    whoami\n    log\n}\n");

    /** A Corefile as parsed, with its SHA-512. */
    record Loaded(List<ServerBlock> blocks, String hash) {}

    private final Optional<Path> file;
    private final Optional<String> fixedText;
    private final String name;
    private final Map<String, String> environment;

    private CorefileLoader(
            Optional<Path> file, Optional<String> fixedText, String name, Map<String, String> environment) {
        this.file = file;
        this.fixedText = fixedText;
        this.name = name;
        this.environment = Map.copyOf(environment);
    }

    private static CorefileLoader ofFile(Path file, Map<String, String> environment) {
        return new CorefileLoader(Optional.of(file), Optional.empty(), file.toString(), environment);
    }

    /**
     * The Corefile of a command line.
     *
     * @param conf value of {@code -conf}: a path, {@code stdin}, or empty for {@code ./Corefile} where it exists
     */
    static CorefileLoader of(Optional<String> conf, Map<String, String> environment, InputStream stdin)
            throws IOException {
        if (conf.isEmpty()) {
            Path usual = Path.of("Corefile");
            return Files.exists(usual)
                    ? ofFile(usual, environment)
                    : new CorefileLoader(Optional.empty(), Optional.empty(), NAME, environment);
        }
        if (conf.get().equals("stdin")) {
            String text = new String(stdin.readAllBytes(), StandardCharsets.UTF_8);
            return ofText(text, environment);
        }
        return ofFile(Path.of(conf.get()), environment);
    }

    /** A Corefile given as text; imports are relative to the working directory. */
    static CorefileLoader ofText(String text, Map<String, String> environment) {
        return ofText(NAME, text, environment);
    }

    /** The same with a name for messages. */
    static CorefileLoader ofText(String name, String text, Map<String, String> environment) {
        return new CorefileLoader(Optional.empty(), Optional.of(text), name, environment);
    }

    /** The file in messages. */
    String name() {
        return name;
    }

    /** Environment that references in the Corefile are replaced from. */
    Map<String, String> environment() {
        return environment;
    }

    /** Reads and parses; a Corefile without server blocks stands for the built-in one. */
    Loaded load(Consumer<Problem> warnings) throws IOException, CorefileException {
        Problems problems = new Problems(warnings);
        Loaded loaded = load(problems);
        problems.throwIfAny();
        return loaded;
    }

    /** The same without an end at problems: what could be read of a Corefile with some. */
    Loaded load(Problems problems) throws IOException {
        CorefileSource source = source();
        List<ServerBlock> blocks = CorefileParser.parse(source, problems);
        if (blocks.isEmpty()) {
            if ((file.isPresent() || fixedText.isPresent()) && problems.isEmpty()) {
                problems.warn(new Position(source.file(), 1, 1), "no server block in it, 'whoami' answers every query");
            }
            source = BUILT_IN;
            blocks = CorefileParser.parse(source, problems);
        }
        return new Loaded(blocks, CorefileHash.sha512(source, blocks));
    }

    /** The server blocks as far as they can be read, for what a Corefile with problems still says. */
    List<ServerBlock> readable() {
        try {
            return load(new Problems(problem -> {})).blocks();
        } catch (IOException e) {
            return List.of();
        }
    }

    private CorefileSource source() throws IOException {
        if (fixedText.isPresent()) {
            return new CorefileSource(fixedText.get(), name, Path.of(""), environment);
        }
        if (file.isEmpty()) {
            return BUILT_IN;
        }
        Path path = file.get();
        try {
            Path folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(Path.of(""));
            // As in CoreDNS, octets that are not UTF-8 are no reason to refuse a file.
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            return new CorefileSource(text, path.toString(), folder, environment);
        } catch (NoSuchFileException e) {
            throw new IOException("Corefile " + path + " does not exist", e);
        } catch (IOException e) {
            throw new IOException("Corefile " + path + " cannot be read: " + e, e);
        }
    }
}
