package org.cairndns.server.training;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Objects of one kind in the made-up cluster, as JSON. */
enum TrainingKind {
    NAMESPACES("v1", "Namespace", 1) {
        @Override
        String fields(int number) {
            return """
                "metadata":{"name":"training","resourceVersion":"1"}""";
        }
    },
    SERVICES("v1", "Service", TrainingApi.SERVICES) {
        @Override
        String fields(int number) {
            return """
                "metadata":{"name":"service-%d","namespace":"training","resourceVersion":"1","labels":{"app":"training"}},
                "spec":{"clusterIP":"%s","selector":{"app":"training"},"ports":[{"name":"web","port":80,"protocol":"TCP"}]}""".formatted(number, isHeadless(number) ? "None" : "10.96.0." + (number + 1));
        }
    },
    SLICES("discovery.k8s.io/v1", "EndpointSlice", TrainingApi.SERVICES) {
        @Override
        String fields(int number) {
            return """
                "metadata":{"name":"service-%d-x","namespace":"training","resourceVersion":"1",
                "labels":{"kubernetes.io/service-name":"service-%d"}},"addressType":"IPv4",
                "ports":[{"name":"web","port":80,"protocol":"TCP"}],
                "endpoints":[%s]""".formatted(
                    number,
                    number,
                    IntStream.range(0, 4).mapToObj(i -> endpoint(number, i)).collect(Collectors.joining(",")));
        }
    };

    private static final int HEADLESS_EVERY = 5;

    private final String apiVersion;
    private final String kind;
    private final int count;

    TrainingKind(String apiVersion, String kind, int count) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.count = count;
    }

    /** The kind whose path in the API this is. */
    static TrainingKind of(String path) {
        if (path.endsWith("/services")) {
            return SERVICES;
        }
        return path.endsWith("/endpointslices") ? SLICES : NAMESPACES;
    }

    /** True of a Service without a cluster IP. */
    static boolean isHeadless(int service) {
        return service % HEADLESS_EVERY == 0;
    }

    /** Fields of an object besides kind and version. */
    abstract String fields(int number);

    int count() {
        return count;
    }

    /** One object. */
    String object(int number) {
        return "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\"," + fields(number) + "}";
    }

    /** All objects. */
    String list() {
        return "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind
                + "List\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["
                + IntStream.range(0, count).mapToObj(i -> "{" + fields(i) + "}").collect(Collectors.joining(","))
                + "]}";
    }

    private static String endpoint(int service, int number) {
        return """
            {"addresses":["10.244.%d.%d"],"hostname":"pod-%d","conditions":{"ready":true,"serving":true,"terminating":false},
            "nodeName":"node-%d","targetRef":{"kind":"Pod","namespace":"training","name":"pod-%d-%d"}}""".formatted(service, number + 1, number, number, service, number);
    }
}
