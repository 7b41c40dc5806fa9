package org.cairndns.perf.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Services of a made-up cluster: fifty in a namespace, every tenth headless.
 *
 * <p>A pure function of the two numbers it is made from, so that a run can be repeated.
 */
public final class SampleCluster {
    private static final int SERVICES_PER_NAMESPACE = 50;
    private static final int HEADLESS_EVERY = 10;
    private static final int FIRST_CLUSTER_IP = 10 << 24 | 100 << 16 | 1;
    private static final int FIRST_POD_IP = 10 << 24 | 128 << 16 | 1;
    private static final int FIRST_HEADLESS_POD_IP = 10 << 24 | 160 << 16 | 1;
    private static final int[] HEADLESS_SIZES = {1, 2, 5, 10, 20, 50, 100};
    private static final int HEADLESS_OF_A_SIZE = 5;
    private static final String[] KINDS = {"api", "web", "cache", "worker", "postgres", "queue", "auth"};

    private SampleCluster() {}

    /**
     * The services of a cluster.
     *
     * @param services 1..500,000
     * @param endpointsPerService ready endpoints of each, 1..10
     */
    public static List<SampleService> services(int services, int endpointsPerService) {
        List<SampleService> made = new ArrayList<>(services);
        for (int i = 0; i < services; i++) {
            boolean headless = i % HEADLESS_EVERY == HEADLESS_EVERY - 1;
            List<String> endpoints = new ArrayList<>(endpointsPerService);
            for (int j = 0; j < endpointsPerService; j++) {
                endpoints.add(dotted(FIRST_POD_IP + i * endpointsPerService + j));
            }
            made.add(new SampleService(
                    "team-" + i / SERVICES_PER_NAMESPACE,
                    KINDS[i % KINDS.length] + "-" + i,
                    headless,
                    headless ? "" : dotted(FIRST_CLUSTER_IP + i),
                    endpoints));
        }
        return made;
    }

    /** Headless services with 1 to 100 endpoints, five of each size, in a namespace of their own. */
    public static List<SampleService> headlessServices() {
        List<SampleService> made = new ArrayList<>();
        int address = FIRST_HEADLESS_POD_IP;
        for (int size : HEADLESS_SIZES) {
            for (int i = 0; i < HEADLESS_OF_A_SIZE; i++) {
                List<String> endpoints = new ArrayList<>(size);
                for (int j = 0; j < size; j++) {
                    endpoints.add(dotted(address++));
                }
                made.add(new SampleService("headless", "of-" + size + "-" + i, true, "", endpoints));
            }
        }
        return made;
    }

    /** Namespaces of the services, each once. */
    public static List<String> namespaces(List<SampleService> services) {
        return services.stream().map(SampleService::namespace).distinct().toList();
    }

    private static String dotted(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
