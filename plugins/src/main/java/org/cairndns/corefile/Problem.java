package org.cairndns.corefile;

/**
 * One fault of a Corefile.
 *
 * @param message what is wrong, what was expected, what was found; one line without a final full stop
 */
public record Problem(Position position, String message) {

    @Override
    public String toString() {
        return position + ": " + message;
    }
}
