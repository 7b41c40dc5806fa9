package org.cairndns.perf.compare;

import java.util.Locale;

/** What is asked in a run. */
enum Mix {
    CLUSTER("names of services, A and AAAA in turn"),
    CACHED("10,000 outside names by Zipf's law, A, from the cache"),
    PODS("what pods send with ndots:5: services and outside names through the search path"),
    MISS("outside names, A, each asked for once");

    private final String description;

    Mix(String description) {
        this.description = description;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
