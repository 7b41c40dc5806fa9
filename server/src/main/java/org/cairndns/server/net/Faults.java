package org.cairndns.server.net;

import org.cairndns.server.query.QueryRunner;
import org.slf4j.Logger;

/**
 * Log of what a pipeline caught: clients and networks fail all the time, which is nobody's business, but an error is a fault of
 * this process.
 */
final class Faults {
    private Faults() {}

    /** Tells of what was caught; an error is counted too. */
    static void tell(Logger log, QueryRunner runner, String where, Object who, Throwable cause) {
        if (cause instanceof Error) {
            count(log, runner, where, who, cause);
        } else {
            log.debug("{} {}: {}", where, who, cause.toString());
        }
    }

    /** Counts a fault of ours and tells of it. */
    static void count(Logger log, QueryRunner runner, String where, Object who, Throwable cause) {
        runner.metrics().panicked();
        log.error("Recovered from failure at {} {}", where, who, cause);
    }
}
