package org.cairndns.kubernetes.snapshot;

/** A snapshot that is no use; the message says why in a few words, without what the file says. */
final class SnapshotException extends Exception {
    private final String reason;

    SnapshotException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message, which is always there. */
    String reason() {
        return reason;
    }
}
