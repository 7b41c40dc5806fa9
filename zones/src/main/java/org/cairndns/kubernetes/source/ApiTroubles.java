package org.cairndns.kubernetes.source;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver of what is wrong with the API, and of its end; for the log and for metrics.
 *
 * <p>Called on a thread of the source, must not block. Each trouble is about one kind, or all of them, and lasts from its
 * {@code begin} to its {@code end}; a second {@code begin} tells more about the same trouble.
 */
public interface ApiTroubles {
    /** What can be wrong. */
    enum Trouble {
        /** No answer, or none that can be trusted, or no credentials that the API takes. */
        API_UNREACHABLE,
        /** The account may not read a kind. */
        API_FORBIDDEN,
        /** The API has no such kind. */
        API_KIND_MISSING,
        /** The API answers, but not what it should. */
        API_FAILING
    }

    /** Troubles that only go to the log. */
    ApiTroubles LOG = new ApiTroubles() {
        private static final Logger LINES = LoggerFactory.getLogger(ApiSource.class);

        @Override
        public void begin(Trouble trouble, String kind, String line) {
            LINES.warn("{}", line);
        }

        @Override
        public void end(Trouble trouble, String kind, String line) {
            if (!line.isEmpty()) {
                LINES.info("{}", line);
            }
        }
    };

    /**
     * Something is wrong.
     *
     * @param kind plural of the objects, such as {@code services}; empty where it concerns all
     * @param line what is wrong, what is done about it, what the reader may do
     */
    void begin(Trouble trouble, String kind, String line);

    /**
     * It is over.
     *
     * @param line for the log; empty where something else is wrong now, or nobody looks any more
     */
    void end(Trouble trouble, String kind, String line);
}
