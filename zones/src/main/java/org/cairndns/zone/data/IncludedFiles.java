package org.cairndns.zone.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/** The files that a zone file consists of by {@code $INCLUDE} (RFC 1035 5.1); one object looks through one file. */
final class IncludedFiles {
    /** As many as CoreDNS opens inside each other. */
    private static final int MAX_DEPTH = 7;

    private final Set<Path> files = new LinkedHashSet<>();

    private IncludedFiles() {}

    /**
     * A file and those that it includes, be they there or not.
     *
     * @throws NoSuchFileException if the file itself is not there
     * @throws IOException if one of them cannot be read
     * @throws ZoneException if they are nested more than {@value #MAX_DEPTH} deep, as those in a circle are
     */
    static Set<Path> of(Path file) throws IOException, ZoneException {
        if (!Files.isRegularFile(file)) {
            throw Files.exists(file)
                    ? new IOException(file + " is no regular file")
                    : new NoSuchFileException(file.toString());
        }
        IncludedFiles found = new IncludedFiles();
        found.look(file, 0);
        return found.files;
    }

    private void look(Path file, int depth) throws IOException, ZoneException {
        files.add(file);
        if (!Files.isRegularFile(file)) {
            // Who reads the records says so.
            return;
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String included = line.startsWith("$") ? included(line) : "";
                if (included.isEmpty()) {
                    continue;
                }
                if (depth == MAX_DEPTH) {
                    throw new ZoneException(file + ":" + number + ": $INCLUDE nested more than " + MAX_DEPTH + " deep");
                }
                look(sibling(file, number, included), depth + 1);
            }
        }
    }

    private static Path sibling(Path file, int number, String included) throws ZoneException {
        try {
            return file.resolveSibling(included);
        } catch (InvalidPathException e) {
            throw new ZoneException(file + ":" + number + ": $INCLUDE of what is no path: " + e.getReason());
        }
    }

    private static String included(String line) {
        StringTokenizer words = new StringTokenizer(line, " \t\"");
        boolean include = words.nextToken().toUpperCase(Locale.ROOT).equals("$INCLUDE");
        return include && words.hasMoreTokens() ? words.nextToken() : "";
    }
}
