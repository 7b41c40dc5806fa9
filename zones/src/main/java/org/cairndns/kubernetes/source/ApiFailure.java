package org.cairndns.kubernetes.source;

import java.time.Duration;

/**
 * Why a request to the API came to nothing.
 *
 * @param reason what is to be done about it
 * @param text for the log, one line
 * @param retryAfter the pause that the API asks for, zero when it asks for none
 */
record ApiFailure(Reason reason, String text, Duration retryAfter) {
    private static final int MAX_TEXT_LENGTH = 300;

    /** The kinds of failure that are treated differently. */
    enum Reason {
        /** No answer, or one that broke off. */
        UNREACHABLE,
        /** The API can't be trusted, or does not trust us. */
        UNTRUSTED,
        /** Nothing arrived for too long. */
        SILENT,
        /** The answer is not what the API says. */
        MALFORMED,
        /** 401: credentials missing or outdated. */
        UNAUTHORIZED,
        /** 403: known, but not allowed. */
        FORBIDDEN,
        /** 404: no such kind. */
        NOT_FOUND,
        /** 410: the state asked for is too old. */
        GONE,
        /** Any other status. */
        REFUSED
    }

    ApiFailure {
        text = oneLine(text);
    }

    ApiFailure(Reason reason, String text) {
        this(reason, text, Duration.ZERO);
    }

    /** The failure that a status of HTTP, or of an event, means. */
    static ApiFailure ofStatus(int code, String message, Duration retryAfter) {
        Reason reason = switch (code) {
            case 401 -> Reason.UNAUTHORIZED;
            case 403 -> Reason.FORBIDDEN;
            case 404 -> Reason.NOT_FOUND;
            case 410 -> Reason.GONE;
            default -> Reason.REFUSED;
        };
        return new ApiFailure(reason, code + (message.isBlank() ? "" : " " + message), retryAfter);
    }

    /** True if the API says that it does not have a version yet that we were told of. */
    boolean saysVersionTooLarge() {
        return text.contains("Too large resource version");
    }

    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MAX_TEXT_LENGTH ? line : line.substring(0, MAX_TEXT_LENGTH) + "...";
    }
}
