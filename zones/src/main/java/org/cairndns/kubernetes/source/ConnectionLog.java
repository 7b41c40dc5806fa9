package org.cairndns.kubernetes.source;

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
    private static final String ALL_KINDS = "";

    private final ApiTroubles troubles;
    private ApiFailure.@Nullable Reason broken;

    ConnectionLog(ApiTroubles troubles) {
        this.troubles = troubles;
    }

    /** Who hears of what is wrong. */
    ApiTroubles troubles() {
        return troubles;
    }

    /** True for failures that are not about one kind. */
    static boolean concerns(ApiFailure failure) {
        return switch (failure.reason()) {
            case UNREACHABLE, UNTRUSTED, UNAUTHORIZED -> true;
            case SILENT, MALFORMED, FORBIDDEN, NOT_FOUND, GONE, REFUSED -> false;
        };
    }

    /** A request failed for a reason that concerns all. */
    void failed(ApiFailure failure) {
        if (failure.reason() == broken) {
            LOG.debug("{}", failure.text());
            return;
        }
        broken = failure.reason();
        troubles.begin(
                ApiTroubles.Trouble.API_UNREACHABLE,
                ALL_KINDS,
                "Kubernetes API: " + failure.text() + " (what is known stays in use, trying again)");
    }

    /** The API agrees to a watch. */
    void answers() {
        end("Kubernetes API: answers again");
    }

    /** Nobody asks any more. */
    void close() {
        end("");
    }

    private void end(String line) {
        if (broken != null) {
            broken = null;
            troubles.end(ApiTroubles.Trouble.API_UNREACHABLE, ALL_KINDS, line);
        }
    }
}
