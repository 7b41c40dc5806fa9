package org.cairndns.differential;

import java.util.List;

/**
 * A cluster and a Corefile, with how many questions are asked.
 *
 * @param corefile with {PORT}, {READY}, {KUBECONFIG}, {UPSTREAM} and {FOLDER} in place of what differs between runs
 * @param zones absolute names of the cluster's zones, lower case
 * @param further names that are asked about too
 * @param ttlToleranceSeconds how far TTLs may be apart, where a cache counts them down
 */
record Scenario(
        String name,
        ClusterObjects objects,
        String corefile,
        List<String> zones,
        List<String> further,
        int questions,
        int ttlToleranceSeconds) {}
