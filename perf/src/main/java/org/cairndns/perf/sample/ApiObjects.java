package org.cairndns.perf.sample;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Objects of the Kubernetes API as JSON, which is YAML too. */
public final class ApiObjects {
    private ApiObjects() {}

    public static String namespace(String name) {
        return """
            {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
            """.formatted(name);
    }

    public static String service(SampleService service) {
        return """
            {"apiVersion":"v1","kind":"Service",
             "metadata":{"name":"%s","namespace":"%s","labels":{"app.kubernetes.io/name":"%s"}},
             "spec":{"clusterIP":"%s","selector":{"app.kubernetes.io/name":"%s"},
                     "ports":[{"name":"%s","port":%d,"protocol":"TCP"}]}}\
            """.formatted(
                        service.name(),
                        service.namespace(),
                        service.name(),
                        service.headless() ? "None" : service.clusterIp(),
                        service.name(),
                        SampleService.PORT_NAME,
                        SampleService.PORT);
    }

    public static String slice(SampleService service) {
        String endpoints = IntStream.range(0, service.endpoints().size())
                .mapToObj(i -> endpoint(service, i))
                .collect(Collectors.joining(","));
        return """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
             "metadata":{"name":"%s-x","namespace":"%s","labels":{"kubernetes.io/service-name":"%s",
                "endpointslice.kubernetes.io/managed-by":"endpointslice-controller.k8s.io"}},
             "addressType":"IPv4","ports":[{"name":"%s","port":%d,"protocol":"TCP"}],
             "endpoints":[%s]}\
            """.formatted(
                        service.name(),
                        service.namespace(),
                        service.name(),
                        SampleService.PORT_NAME,
                        SampleService.PORT,
                        endpoints);
    }

    /** The definition of ServiceImport, as far as the API wants to know to take and to list them. */
    public static String serviceImportDefinition() {
        return """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
             "metadata":{"name":"serviceimports.multicluster.x-k8s.io"},
             "spec":{"group":"multicluster.x-k8s.io","scope":"Namespaced",
                "names":{"kind":"ServiceImport","listKind":"ServiceImportList","plural":"serviceimports","singular":"serviceimport"},
                "versions":[{"name":"v1alpha1","served":true,"storage":true,
                   "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}\
            """;
    }

    /** Where definitions of further kinds are at the API server. */
    public static String definitionsPath() {
        return "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    }

    /** Where the EndpointSlices of a service's namespace are at the API server. */
    public static String slicesPath(SampleService service) {
        return "/apis/discovery.k8s.io/v1/namespaces/" + service.namespace() + "/endpointslices";
    }

    /** Where the one of {@link #slice} is. */
    public static String slicePath(SampleService service) {
        return slicesPath(service) + "/" + service.name() + "-x";
    }

    /** A JSON Patch (RFC 6902) for an EndpointSlice: an endpoint is ready from now on, or not. */
    public static String readiness(int endpoint, boolean ready) {
        return """
            [{"op":"replace","path":"/endpoints/%d/conditions/ready","value":%b}]\
            """.formatted(endpoint, ready);
    }

    /** A JSON Patch (RFC 6902) for an EndpointSlice: an endpoint has another address. */
    public static String address(int endpoint, String address) {
        return """
            [{"op":"replace","path":"/endpoints/%d/addresses/0","value":"%s"}]\
            """.formatted(endpoint, address);
    }

    private static String endpoint(SampleService service, int number) {
        String hostname = service.headless() ? "\"hostname\":\"" + service.podName(number) + "\"," : "";
        return """
            {"addresses":["%s"],%s"conditions":{"ready":true,"serving":true,"terminating":false},
             "nodeName":"node-%d","targetRef":{"kind":"Pod","namespace":"%s","name":"%s"}}\
            """.formatted(
                service.endpoints().get(number), hostname, number, service.namespace(), service.podName(number));
    }
}
