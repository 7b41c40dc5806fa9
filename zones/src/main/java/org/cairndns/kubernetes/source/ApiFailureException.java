package org.cairndns.kubernetes.source;

/** The end of a call by what its answer says. */
final class ApiFailureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ApiFailure failure;

    ApiFailureException(ApiFailure failure) {
        super(failure.text(), null, false, false);
        this.failure = failure;
    }

    ApiFailure failure() {
        return failure;
    }
}
