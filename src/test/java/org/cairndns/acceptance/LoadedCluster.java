package org.cairndns.acceptance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.cairndns.acceptance.LoadedService.State;
import org.cairndns.kubernetes.testing.ApiServerProcess;

/** A thousand services with four endpoints each in a live API, every fourth of them headless. */
final class LoadedCluster {
    static final int SERVICES = 1_000;
    static final int ENDPOINTS = 4;
    private static final int NAMESPACES = 20;
    private static final int LOADERS = 4;

    private final ApiServerProcess api;
    private final List<LoadedService> services = new ArrayList<>();

    LoadedCluster(ApiServerProcess api) {
        this.api = api;
        for (int i = 0; i < SERVICES; i++) {
            services.add(new LoadedService("team-" + i % NAMESPACES, "service-" + i, i));
        }
    }

    List<LoadedService> services() {
        return services;
    }

    /** Makes all objects. */
    void load() throws Exception {
        for (int i = 0; i < NAMESPACES; i++) {
            createNamespace("team-" + i);
        }
        try (ExecutorService loaders = Executors.newFixedThreadPool(LOADERS)) {
            List<Future<?>> loads = new ArrayList<>();
            for (LoadedService service : services) {
                loads.add(loaders.submit(() -> {
                    create(service, firstState(service));
                    service.settle();
                }));
            }
            for (Future<?> load : loads) {
                load.get();
            }
        }
    }

    void createNamespace(String name) {
        api.create(
                "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    private static State firstState(LoadedService service) {
        boolean headless = service.number % 4 == 0;
        return new State(true, headless, headless ? service.endpoints(ENDPOINTS, 0) : Set.of(service.clusterIp()));
    }

    /** Makes a service and its slice; the caller settles it when DNS shows it. */
    void create(LoadedService service, State state) {
        service.begin(state);
        Set<String> endpoints = state.headless() ? state.addresses() : service.endpoints(ENDPOINTS, 0);
        api.create("/apis/discovery.k8s.io/v1/namespaces/" + service.namespace + "/endpointslices", """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
                 "metadata": {"name": "%s-a", "labels": {"kubernetes.io/service-name": "%s"}},
                 "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}], "endpoints": [%s]}
                """.formatted(
                        service.name, service.name, endpoints(endpoints)));
        createService(service, state.headless() ? "None" : service.clusterIp());
    }

    /** Makes a service alone. */
    void createService(LoadedService service, String clusterIp) {
        api.create("/api/v1/namespaces/" + service.namespace + "/services", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s"},
                 "spec": {"clusterIP": "%s", "ports": [{"name": "http", "port": 80, "protocol": "TCP"}]}}
                """.formatted(service.name, clusterIp));
    }

    /** Deletes a service and its slice. */
    void delete(LoadedService service) {
        service.begin(State.ABSENT);
        api.delete("/api/v1/namespaces/" + service.namespace + "/services/" + service.name);
        api.delete(slicePath(service));
    }

    /** Gives a headless service other endpoints. */
    void move(LoadedService service, Set<String> addresses) {
        service.begin(new State(true, true, addresses));
        // The annotation is what the controller leaves there, for the metric of the programming delay.
        String annotation = "\"endpoints.kubernetes.io/last-change-trigger-time\": \"" + Instant.now() + "\"";
        api.patch(
                slicePath(service),
                "{\"metadata\": {\"annotations\": {" + annotation + "}}, \"endpoints\": [" + endpoints(addresses)
                        + "]}");
    }

    private static String slicePath(LoadedService service) {
        return "/apis/discovery.k8s.io/v1/namespaces/" + service.namespace + "/endpointslices/" + service.name + "-a";
    }

    private static String endpoints(Set<String> addresses) {
        return addresses.stream()
                .map(address -> "{\"addresses\": [\"" + address + "\"], \"conditions\": {\"ready\": true}}")
                .collect(Collectors.joining(","));
    }
}
