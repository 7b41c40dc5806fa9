package org.cairndns.kubernetes.source;

/** Text that is not what the Kubernetes API says. */
final class MalformedBodyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedBodyException(String message) {
        super(message);
    }
}
