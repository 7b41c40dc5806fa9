package org.cairndns.acceptance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cairndns.kubernetes.testing.TestApi;

/** Maker of the objects of a cluster in an API, in the terms that DNS tests think in. */
final class SeedApi {
    /** Ports of a service or slice in JSON. */
    static final String HTTP = port("http", 80);

    /** A ready or not ready endpoint of a slice; without a hostname when that is empty. */
    record Endpoint(String address, String hostname, boolean ready) {
        static Endpoint of(String address) {
            return new Endpoint(address, "", true);
        }

        static Endpoint named(String address, String hostname) {
            return new Endpoint(address, hostname, true);
        }

        private String json() {
            return "{\"addresses\":[\"%s\"],\"conditions\":{\"ready\":%s}%s}"
                    .formatted(address, ready, hostname.isEmpty() ? "" : ",\"hostname\":\"" + hostname + "\"");
        }
    }

    private final TestApi api;

    SeedApi(TestApi api) {
        this.api = api;
    }

    TestApi api() {
        return api;
    }

    static String port(String name, int number) {
        return "{\"name\":\"%s\",\"port\":%d,\"protocol\":\"TCP\"}".formatted(name, number);
    }

    /** Addresses such as 10.9.0.1, 10.9.0.2, from {@code first} on. */
    static List<Endpoint> endpoints(String prefix, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> Endpoint.of(prefix + "." + i / 250 + "." + (1 + i % 250)))
                .toList();
    }

    void namespace(String name) {
        api.create(
                "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    /** A service with one cluster IP, or one of each family. */
    void service(String namespace, String name, String ports, String... clusterIps) {
        String ips = Arrays.stream(clusterIps).map(ip -> '"' + ip + '"').collect(Collectors.joining(","));
        String families = clusterIps.length > 1 ? ",\"ipFamilyPolicy\":\"RequireDualStack\"" : "";
        post(namespace, name, """
                {"clusterIP":"%s","clusterIPs":[%s],"ports":[%s]%s}""".formatted(clusterIps[0], ips, ports, families));
    }

    void headless(String namespace, String name, String ports) {
        service(namespace, name, ports, "None");
    }

    void externalName(String namespace, String name, String target) {
        post(namespace, name, "{\"type\":\"ExternalName\",\"externalName\":\"" + target + "\"}");
    }

    private void post(String namespace, String name, String spec) {
        api.create(services(namespace), """
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s"},"spec":%s}""".formatted(name, spec));
    }

    /** A slice {@code SERVICE-SUFFIX} with endpoints of one family. */
    void slice(String namespace, String service, String suffix, String ports, List<Endpoint> endpoints) {
        String type = endpoints.getFirst().address().contains(":") ? "IPv6" : "IPv4";
        api.create(slices(namespace), """
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"%s",
                 "metadata":{"name":"%s-%s","labels":{"kubernetes.io/service-name":"%s"}},
                 "ports":[%s],"endpoints":%s}""".formatted(type, service, suffix, service, ports, json(endpoints)));
    }

    /** Gives a slice other endpoints. */
    void replaceEndpoints(String namespace, String slice, List<Endpoint> endpoints) {
        api.patch(slices(namespace) + "/" + slice, "{\"endpoints\":" + json(endpoints) + "}");
    }

    /** A running pod with this address. */
    void pod(String namespace, String name, String ip) {
        api.create("/api/v1/namespaces/" + namespace + "/pods", """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s"},
                 "spec":{"containers":[{"name":"c","image":"example.invalid/c"}]},
                 "status":{"phase":"Running","podIP":"%s","podIPs":[{"ip":"%s"}]}}""".formatted(name, ip, ip));
    }

    void deleteService(String namespace, String name) {
        api.delete(services(namespace) + "/" + name);
    }

    void deleteSlice(String namespace, String name) {
        api.delete(slices(namespace) + "/" + name);
    }

    static String services(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/services";
    }

    private static String slices(String namespace) {
        return "/apis/discovery.k8s.io/v1/namespaces/" + namespace + "/endpointslices";
    }

    private static String json(List<Endpoint> endpoints) {
        List<String> parts = new ArrayList<>();
        endpoints.forEach(endpoint -> parts.add(endpoint.json()));
        return "[" + String.join(",", parts) + "]";
    }
}
