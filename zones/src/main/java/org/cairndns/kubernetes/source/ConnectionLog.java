package org.cairndns.kubernetes.source;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the way to the API, which all kinds share: what stops it stops them all, and one line says so.
 *
 * <p>Confined to the source's thread.
 */
final class ConnectionLog {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSource.class);
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(5);

    private ApiFailure.@Nullable Reason broken;
    private long lastLineNanos;

    /** True for failures that are not about one kind. */
    static boolean concerns(ApiFailure failure) {
        return switch (failure.reason()) {
            case UNREACHABLE, UNTRUSTED, UNAUTHORIZED -> true;
            case SILENT, MALFORMED, FORBIDDEN, NOT_FOUND, GONE, REFUSED -> false;
        };
    }

    /** A request failed for a reason that concerns all. */
    void failed(ApiFailure failure) {
        boolean reminder = System.nanoTime() - lastLineNanos > REMINDER_NANOS;
        if (failure.reason() == broken && !reminder) {
            LOG.debug("{}", failure.text());
            return;
        }
        broken = failure.reason();
        lastLineNanos = System.nanoTime();
        LOG.warn("Kubernetes API: {} (what is known stays in use, trying again)", failure.text());
    }

    /** The API agrees to a watch. */
    void answers() {
        if (broken != null) {
            LOG.info("Kubernetes API: answers again");
            broken = null;
        }
    }
}
