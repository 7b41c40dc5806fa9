package org.cairndns.corefile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Words of a Corefile that name a file or a folder. */
public final class PathText {
    private PathText() {}

    /**
     * The path that a word names; a problem at the word if it is none, such as one with a NUL character.
     *
     * @param folder where relative paths start
     * @param option that the word belongs to, for the problem
     */
    public static Optional<Path> read(Token word, Path folder, String option, Problems problems) {
        try {
            return Optional.of(folder.resolve(word.text()));
        } catch (InvalidPathException e) {
            problems.add(word.position(), "bad value for '" + option + "', expected a path, got '" + word.text() + "'");
            return Optional.empty();
        }
    }
}
