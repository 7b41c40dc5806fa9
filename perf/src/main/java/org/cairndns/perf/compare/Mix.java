package org.cairndns.perf.compare;

import java.util.Locale;

/** What is asked in a run. */
public enum Mix {
    CLUSTER("names of services, A and AAAA in turn"),
    CACHED("10,000 outside names by Zipf's law, A, from the cache"),
    PODS("what pods send with ndots:5: services and outside names through the search path"),
    MISS("outside names, A, each asked for once, which the upstream answers after 1 ms");

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
