package org.cairndns.kubernetes.source;

/** A configuration from which no source of cluster objects can be made; the message says what is wrong with it. */
public final class ClusterConfigException extends Exception {
    private static final long serialVersionUID = 1;

    public ClusterConfigException(String message) {
        super(message);
    }

    public ClusterConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is wrong, one line. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
