package org.cairndns.server.smoke;

/** What became of one check. */
sealed interface Verdict {
    /** As it should be; the text says what was seen. */
    record Passed(String text) implements Verdict {}

    /** Not as it should be; the text says what was expected and what was seen. */
    record Failed(String text) implements Verdict {}

    /** Not asked; the text says why. */
    record Skipped(String text) implements Verdict {}

    /** What is to be said of it. */
    String text();

    /** The word in front of it, seven characters wide. */
    default String word() {
        return switch (this) {
            case Passed passed -> "ok     ";
            case Failed failed -> "FAILED ";
            case Skipped skipped -> "skipped";
        };
    }
}
