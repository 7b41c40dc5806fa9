package org.cairndns.kubernetes.source;

/** The receiver of what the requests to the API were like; for metrics. */
@FunctionalInterface
public interface RequestObserver {
    /** An observer that does not look. */
    RequestObserver NONE = (verb, host, code, durationNanos) -> {};

    /**
     * A request was answered, or failed. Called on a thread of the source; must not block.
     *
     * @param verb HTTP method
     * @param host host and port of the API
     * @param code HTTP status, or {@code <error>} when there was no answer
     * @param durationNanos from sending to the head of the answer
     */
    void requestDone(String verb, String host, String code, long durationNanos);
}
