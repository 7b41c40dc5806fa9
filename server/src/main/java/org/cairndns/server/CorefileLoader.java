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
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;

/** Place that the Corefile comes from, read anew at each reload. */
final class CorefileLoader {
    /** What answers where there is no Corefile, as with CoreDNS. */
    private static final CorefileSource BUILT_IN = CorefileSource.of(". {\n    whoami\n    log\n}\n");

    /** A Corefile as parsed, with its SHA-512. */
    record Loaded(List<ServerBlock> blocks, String hash) {}

    private final Optional<Path> file;
    private final Optional<String> fixedText;
    private final Map<String, String> environment;

    private CorefileLoader(Optional<Path> file, Optional<String> fixedText, Map<String, String> environment) {
        this.file = file;
        this.fixedText = fixedText;
        this.environment = Map.copyOf(environment);
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
                    ? new CorefileLoader(Optional.of(usual), Optional.empty(), environment)
                    : new CorefileLoader(Optional.empty(), Optional.empty(), environment);
        }
        if (conf.get().equals("stdin")) {
            String text = new String(stdin.readAllBytes(), StandardCharsets.UTF_8);
            return new CorefileLoader(Optional.empty(), Optional.of(text), environment);
        }
        return new CorefileLoader(Optional.of(Path.of(conf.get())), Optional.empty(), environment);
    }

    /** A Corefile given as text; imports are relative to the working directory. */
    static CorefileLoader ofText(String text, Map<String, String> environment) {
        return new CorefileLoader(Optional.empty(), Optional.of(text), environment);
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
            source = BUILT_IN;
            blocks = CorefileParser.parse(source, problems);
        }
        return new Loaded(blocks, CorefileHash.sha512(source, blocks));
    }

    private CorefileSource source() throws IOException {
        if (fixedText.isPresent()) {
            return new CorefileSource(fixedText.get(), "Corefile", Path.of(""), environment);
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
            throw new IOException("Corefile " + path + " does not exist (name another one with -conf)", e);
        } catch (IOException e) {
            throw new IOException("Corefile " + path + " cannot be read: " + e, e);
        }
    }
}
