package org.cairndns.perf.latency;

import picocli.CommandLine.Option;

/** Options for the size of the made-up cluster. */
final class ClusterSize {
    @Option(names = "--services", description = "Services in the cluster (default: ${DEFAULT-VALUE})")
    int services;

    @Option(names = "--endpoints", description = "Endpoints of each service, 1..10 (default: ${DEFAULT-VALUE})")
    int endpoints;

    /** The usual size. */
    ClusterSize() {
        this(1000, 4);
    }

    /** Other defaults. */
    ClusterSize(int services, int endpoints) {
        this.services = services;
        this.endpoints = endpoints;
    }

    String words() {
        return services + " services, " + (long) services * endpoints + " endpoints";
    }
}
