package org.cairndns.perf.compare;

import picocli.CommandLine.Option;

/** Options for the size of the made-up cluster. */
public final class ClusterSize {
    @Option(names = "--services", description = "Services in the cluster (default: ${DEFAULT-VALUE})")
    public int services;

    @Option(names = "--endpoints", description = "Endpoints of each service, 1..10 (default: ${DEFAULT-VALUE})")
    public int endpoints;

    /** The usual size. */
    public ClusterSize() {
        this(1000, 4);
    }

    /** Other defaults. */
    public ClusterSize(int services, int endpoints) {
        this.services = services;
        this.endpoints = endpoints;
    }

    public String words() {
        return services + " services, " + (long) services * endpoints + " endpoints";
    }
}
