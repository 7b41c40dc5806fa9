package org.cairndns.kubernetes.source;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cairndns.kubernetes.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of one kind: a line when something changes, a reminder now and then while it is broken. */
final class KindLog {
    private static final Logger LOG = LoggerFactory.getLogger(ApiSource.class);
    private static final int MAX_NAMES = 10;
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final ApiResource resource;
    private final ConnectionLog connection;
    private ApiFailure.@Nullable Reason broken;
    private long lastLineNanos;

    KindLog(ApiResource resource, ConnectionLog connection) {
        this.resource = resource;
        this.connection = connection;
    }

    void listed(int objects) {
        LOG.debug("{}: {} read", resource.plural(), objects);
    }

    /** Changes arrive. */
    void watching() {
        connection.answers();
        if (broken != null) {
            LOG.info("{}: the API answers again", resource.plural());
            broken = null;
        }
    }

    /** A watch is begun anew as a precaution. */
    void silent(ApiFailure failure) {
        LOG.debug("{}: {}, watching anew", resource.plural(), failure.text());
    }

    /** What is known was found to differ from what the API has. */
    void diverged(Map<ObjectName, String> different) {
        String some = different.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_NAMES)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        LOG.warn(
                "{}: {} differ from what the API has, reading all anew: {}{}",
                resource.plural(),
                different.size(),
                ApiFailure.oneLine(some),
                different.size() > MAX_NAMES ? ", ..." : "");
    }

    /** The API was set back to an older state. */
    void wentBack(String text) {
        LOG.warn("{}: {}, reading all anew", resource.plural(), text);
    }

    void failed(ApiFailure failure) {
        if (ConnectionLog.concerns(failure)) {
            connection.failed(failure);
            return;
        }
        boolean changed = failure.reason() != broken;
        boolean reminder = !isLasting(failure) && System.nanoTime() - lastLineNanos > REMINDER_NANOS;
        if (!changed && !reminder) {
            LOG.debug("{}: {}", resource.plural(), failure.text());
            return;
        }
        broken = failure.reason();
        lastLineNanos = System.nanoTime();
        if (failure.reason() == ApiFailure.Reason.FORBIDDEN) {
            LOG.warn(
                    "{}: the API does not allow to read them, going on without: {} (needed in a ClusterRole: {})",
                    resource.plural(),
                    failure.text(),
                    resource.rbacRule());
        } else if (isLasting(failure)) {
            LOG.warn(
                    "{}: the API has no such kind, going on without until it has: {}",
                    resource.plural(),
                    failure.text());
        } else {
            LOG.warn("{}: {} (what is known stays in use, trying again)", resource.plural(), failure.text());
        }
    }

    /** True if things may stay so for ever, and one line is enough. */
    private boolean isLasting(ApiFailure failure) {
        boolean unknown = failure.reason() == ApiFailure.Reason.NOT_FOUND && resource.isOptional();
        return unknown || failure.reason() == ApiFailure.Reason.FORBIDDEN;
    }
}
