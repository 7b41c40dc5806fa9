package org.cairndns.corefile;

/**
 * One fault of a Corefile.
 *
 * @param message what is wrong, what was expected, what was found; one line without a final full stop
 * @param remedy what to do, likewise; empty where the message leaves no question
 */
public record Problem(Position position, Severity severity, String message, String remedy) {

    /** A plain error. */
    public Problem(Position position, String message) {
        this(position, Severity.ERROR, message, "");
    }

    /** Message and remedy, as they stand behind the position. */
    public String text() {
        return remedy.isEmpty() ? message : message + "; " + remedy;
    }

    @Override
    public String toString() {
        return position + ": " + text();
    }
}
