package org.cairndns.perf.compare;

import java.util.Locale;

/** What is asked in a run. */
public enum Mix {
    CLUSTER("names of services, A and AAAA in turn"),
    CACHED("10,000 outside names by Zipf's law, A, from the cache"),
    PODS("what pods send with ndots:5: services and outside names through the search path"),
    MISS("outside names, A, each asked for once, which the upstream answers after 1 ms"),
    TCP("as cluster, over 8 TCP connections that stay, 50 queries on the way in each, as node-local-dns asks"),
    CHURN("as cluster, while 200 EndpointSlices a second change, half of them of headless services"),
    HEADLESS("headless services of 1, 2, 5, 10, 20, 50 and 100 addresses, A, EDNS with 1232 octets, in which 100 do not"
            + " fit");

    private final String description;

    Mix(String description) {
        this.description = description;
    }

    /** Name in results and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it asks, half a sentence. */
    public String description() {
        return description;
    }
}
