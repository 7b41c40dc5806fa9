package org.cairndns.perf.compare;

/**
 * One start of a server beside a cluster of some size.
 *
 * @param number from 1
 * @param answersAfterSeconds from the start of the process to the first address of a service
 * @param readyAfterSeconds to the first 200 of {@code /ready}
 * @param idle resident memory some seconds later
 * @param loaded resident memory after a load of names of services
 */
record Start(
        int services,
        String server,
        int number,
        double answersAfterSeconds,
        double readyAfterSeconds,
        MemoryUse idle,
        MemoryUse loaded) {}
