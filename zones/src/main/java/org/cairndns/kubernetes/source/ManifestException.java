package org.cairndns.kubernetes.source;

import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Text of a manifest that can't be used, with its place in the file. */
final class ManifestException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    /**
     * Text that can't be used.
     *
     * @param line from 1
     * @param column from 1
     */
    ManifestException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** Text that can't be used; without a mark its place is the beginning of the file. */
    ManifestException(Optional<Mark> mark, String message) {
        this(mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message);
    }

    /** The problem as {@code file:line:column: message}, in one line. */
    String in(Path file) {
        return file + ":" + line + ":" + column + ": " + getMessage();
    }
}
