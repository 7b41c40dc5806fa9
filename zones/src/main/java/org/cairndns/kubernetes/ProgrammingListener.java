package org.cairndns.kubernetes;

/** Who wants to know how long it took until a change of endpoints was visible in DNS. */
@FunctionalInterface
public interface ProgrammingListener {
    /** Listener that does nothing. */
    ProgrammingListener NONE = (kind, delayMillis) -> {};

    /**
     * A changed slice is visible now; called on the writer's thread.
     *
     * @param kind kind of the slice's service
     * @param delayMillis time since the change of pod or service that led to the slice, at least 0
     */
    void sliceVisible(ServiceKind kind, long delayMillis);
}
