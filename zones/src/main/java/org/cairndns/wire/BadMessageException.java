package org.cairndns.wire;

/** A message of an upstream that is no answer to what was asked. */
public final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the message. */
    public enum Reason {
        /** Not a response to this query at all (id, QR, header): whoever waits should go on waiting. */
        UNRELATED,
        /** A response with our id to another question. */
        WRONG_QUESTION,
        /** A response to our question whose records do not parse. */
        MALFORMED
    }

    private final Reason reason;

    BadMessageException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
