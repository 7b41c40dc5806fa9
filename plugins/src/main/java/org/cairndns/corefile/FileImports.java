package org.cairndns.corefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The files an {@code import} names: a path, or a pattern with at most one {@code *} and one {@code ?}, relative to the
 * importing file. Blocks on file reads.
 */
final class FileImports {
    static final int MAX_FILE_OCTETS = 16 << 20;
    private static final Pattern WILDCARD = Pattern.compile("[*?\\\\]");

    private final Problems problems;
    private final Consumer<Problem> openQuotes;

    FileImports(Problems problems, Consumer<Problem> openQuotes) {
        this.problems = problems;
        this.openQuotes = openQuotes;
    }

    /** The files that match, in the order they are to be read; empty after a problem or a warning. */
    List<Path> find(Token pattern, Path directory) {
        String text = pattern.text();
        String full = text.startsWith("/") ? text : directory + "/" + text;
        if (count(full, '*') > 1 || count(full, '?') > 1 || (full.contains("[") && full.contains("]"))) {
            problems.add(
                    pattern.position(),
                    "bad import pattern, expected at most one '*', one '?' and no '[...]', got '" + full + "'");
            return List.of();
        }
        try {
            List<Path> files = WILDCARD.matcher(full).find()
                    ? matches(Path.of(full).normalize())
                    : existing(Path.of(full).normalize());
            if (files.isEmpty()) {
                reportMissing(pattern, full);
            }
            return files;
        } catch (InvalidPathException e) {
            problems.add(pattern.position(), "cannot import '" + text + "', expected a path, got " + e.getReason());
            return List.of();
        }
    }

    /** The words of a file, each positioned in it by its absolute path; empty after a problem. */
    List<Lexeme> read(Path file, Token pattern) {
        if (Files.isDirectory(file)) {
            problems.add(pattern.position(), "cannot import '" + file + "', expected a file, got a directory");
            return List.of();
        }
        try (InputStream input = Files.newInputStream(file)) {
            byte[] octets = input.readNBytes(MAX_FILE_OCTETS + 1);
            if (octets.length > MAX_FILE_OCTETS) {
                problems.add(
                        pattern.position(),
                        "cannot import '" + file + "', expected at most " + MAX_FILE_OCTETS + " octets, got more");
                return List.of();
            }
            CorefileLexer.Result result =
                    CorefileLexer.lex(new String(octets, StandardCharsets.UTF_8), file.toString());
            result.openQuote().ifPresent(openQuotes);
            return result.lexemes();
        } catch (IOException e) {
            problems.add(pattern.position(), "cannot import '" + file + "', expected a readable file, got " + e);
            return List.of();
        }
    }

    private void reportMissing(Token pattern, String full) {
        if (full.chars().anyMatch(character -> "*?[]".indexOf(character) >= 0)) {
            problems.warn(pattern.position(), "no file matches the import pattern '" + pattern.text() + "'");
        } else {
            problems.missing(
                    pattern.position(),
                    "cannot import '" + pattern.text() + "', expected a snippet defined above or a file, got neither");
        }
    }

    private static List<Path> existing(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? List.of(file) : List.of();
    }

    private static List<Path> matches(Path pattern) {
        List<Path> found = List.of(Path.of("/"));
        for (Path segment : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path directory : found) {
                next.addAll(matchesIn(directory, segment.toString()));
            }
            found = next;
        }
        // The kubelet keeps "..data" and "..<time>" directories beside the files of a ConfigMap volume.
        return found.stream()
                .filter(path -> !(path.getFileName().toString().startsWith("..") && Files.isDirectory(path)))
                .toList();
    }

    private static List<Path> matchesIn(Path directory, String segment) {
        if (!WILDCARD.matcher(segment).find()) {
            return existing(directory.resolve(segment));
        }
        // A directory that cannot be read has no matches, as in CoreDNS.
        String[] names = directory.toFile().list();
        Pattern regex = regex(segment);
        return names == null
                ? List.of()
                : Arrays.stream(names)
                        .filter(name -> regex.matcher(name).matches())
                        .sorted()
                        .map(directory::resolve)
                        .toList();
    }

    private static Pattern regex(String segment) {
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < segment.length(); i++) {
            char character = segment.charAt(i);
            if (!escaped && character == '\\') {
                escaped = true;
                continue;
            }
            if (!escaped && character == '*') {
                regex.append(".*");
            } else if (!escaped && character == '?') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(character)));
            }
            escaped = false;
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }
}
