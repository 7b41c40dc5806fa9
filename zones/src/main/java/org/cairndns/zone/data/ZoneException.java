package org.cairndns.zone.data;

/** Records that make no zone; the message is one line for a log, with file and line where there are such. */
public final class ZoneException extends Exception {
    private static final long serialVersionUID = 1L;

    public ZoneException(String message) {
        super(message);
    }
}
