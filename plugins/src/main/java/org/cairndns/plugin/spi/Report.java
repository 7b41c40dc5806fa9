package org.cairndns.plugin.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What a part of the server says of itself to somebody who looks, as of the moment of the question. */
public sealed interface Report {
    /**
     * The objects of one cluster that answers are made of.
     *
     * @param source where they come from, as in logs and metrics
     * @param synced whether all were read at least once
     * @param fromSnapshot whether they are those of a snapshot
     * @param watching whether changes arrive
     * @param objects how many, by kind in lower case
     * @param eventAgeNanos since the source was last heard of, of the kind that was silent longest; empty where it is
     *     a folder
     */
    record Cluster(
            String source,
            boolean synced,
            boolean fromSnapshot,
            boolean watching,
            Map<String, Long> objects,
            OptionalLong eventAgeNanos)
            implements Report {
        public Cluster {
            objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
        }
    }

    /**
     * One upstream of one directive.
     *
     * @param address as in logs and metrics, {@code ip:port}
     * @param zone below which names are sent there; of several the first, and how many more
     * @param reason why nothing is sent there, where that is known; may be empty
     * @param durations of the responses that the address gave since the start, to other directives as well
     * @param failedChecks since the start
     */
    record Upstream(
            String address, String zone, State state, String reason, DurationCounts durations, long failedChecks)
            implements Report {
        /** What is sent there. */
        public enum State {
            /** Any query. */
            UP,
            /** None, for some were not answered; checks will tell. */
            SUSPECT,
            /** One query to try. */
            TRYING,
            /** None. */
            DOWN,
            /** None until a plugin takes it back. */
            HELD_OUT
        }
    }

    /**
     * One cache.
     *
     * @param zones whose names it keeps, as in metrics
     * @param entries responses that it holds
     * @param octets heap that they take
     */
    record Cache(String zones, long entries, long octets) implements Report {}
}
