package org.cairndns.perf.sample;

import java.util.List;

/**
 * One service of a made-up cluster.
 *
 * @param headless true if its name has the addresses of its endpoints
 * @param clusterIp dotted IPv4 address, empty if headless
 * @param endpoints dotted IPv4 addresses of its ready endpoints
 */
public record SampleService(String namespace, String name, boolean headless, String clusterIp, List<String> endpoints) {
    public static final String PORT_NAME = "http";
    public static final int PORT = 8080;

    public SampleService {
        endpoints = List.copyOf(endpoints);
    }

    /** Name below {@code cluster.local}, without a dot at the end. */
    public String dnsName() {
        return name + "." + namespace + ".svc.cluster.local";
    }

    /** Name of the pod behind an endpoint, which is its hostname in a headless service. */
    public String podName(int endpoint) {
        return name + "-" + endpoint;
    }
}
