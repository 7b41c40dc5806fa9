package org.cairndns.perf.compare;

/**
 * What changes of EndpointSlices cost a server that nobody asks anything meanwhile.
 *
 * @param changesPerSecond that the API server made
 * @param cpuMillisPerChange processor time of the server
 */
record ChangeCost(String server, double changesPerSecond, double cpuMillisPerChange) {}
