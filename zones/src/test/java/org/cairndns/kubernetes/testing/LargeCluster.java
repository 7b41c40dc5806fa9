package org.cairndns.kubernetes.testing;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Objects of a large made-up cluster as the API writes them, with fields that DNS has no use for.
 *
 * <p>Services are spread over namespaces of a hundred; each has one EndpointSlice. A pure function of its numbers.
 *
 * @param services 1..65,536
 * @param endpoints how many ready endpoints a service has, by its number; 0..127
 * @param stateful true for headless services whose endpoints have hostnames, false for services with a cluster IP
 */
public record LargeCluster(int services, IntUnaryOperator endpoints, boolean stateful) {
    private static final int SERVICES_PER_NAMESPACE = 100;
    private static final int PAGE_OBJECTS = 500;
    private static final String MANAGED = """
            "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1",\
            "time":"2026-11-01T08:15:30Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{".":{},\
            "f:app.kubernetes.io/name":{},"f:app.kubernetes.io/instance":{},"f:helm.sh/chart":{}}},"f:spec":{"f:ports":\
            {".":{},"k:{\\"port\\":80,\\"protocol\\":\\"TCP\\"}":{".":{},"f:name":{},"f:port":{},"f:protocol":{}}},\
            "f:selector":{},"f:type":{}}}}]""";

    /** The receiver of pages of a list. */
    @FunctionalInterface
    public interface PageSink {
        /** The JSON of one page. */
        void page(String json);
    }

    /** The cluster of a kind of workload in which all services have as many endpoints. */
    public static LargeCluster even(int services, int endpointsPerService, boolean stateful) {
        return new LargeCluster(services, i -> endpointsPerService, stateful);
    }

    /** Number of namespaces. */
    public int namespaces() {
        return (services + SERVICES_PER_NAMESPACE - 1) / SERVICES_PER_NAMESPACE;
    }

    /** Number of ready endpoints of all services. */
    public int totalEndpoints() {
        int total = 0;
        for (int i = 0; i < services; i++) {
            total += endpoints.applyAsInt(i);
        }
        return total;
    }

    /** Hands out the list of namespaces. */
    public void listNamespaces(PageSink sink) {
        pages(
                "Namespace",
                namespaces(),
                i -> """
                {"metadata":{"name":"%s","uid":"%s","resourceVersion":"%d"},"spec":{"finalizers":["kubernetes"]}}""".formatted(namespace(i * SERVICES_PER_NAMESPACE), uid(i), i + 1),
                sink);
    }

    /** Hands out the list of Services. */
    public void listServices(PageSink sink) {
        pages("Service", services, this::service, sink);
    }

    /** Hands out the list of EndpointSlices. */
    public void listSlices(PageSink sink) {
        pages("EndpointSlice", services, this::slice, sink);
    }

    /** Hands out the list of Pods, each behind one endpoint. */
    public void listPods(PageSink sink) {
        for (int i = 0; i < services; i++) {
            int service = i;
            pages("Pod", endpoints.applyAsInt(i), n -> pod(service, n), sink);
        }
    }

    /** The JSON of a Service. */
    public String service(int i) {
        String ip = stateful ? "None" : "10.%d.%d.%d".formatted(96 + (i >> 16), i >> 8 & 0xff, i & 0xff);
        return """
                {"metadata":{"name":"%1$s","namespace":"%2$s","uid":"%3$s","resourceVersion":"%4$d",\
                "creationTimestamp":"2026-10-01T10:00:00Z","labels":{"app.kubernetes.io/name":"%1$s",\
                "app.kubernetes.io/instance":"%2$s","helm.sh/chart":"%1$s-1.4.2"},"annotations":\
                {"meta.helm.sh/release-name":"%1$s","meta.helm.sh/release-namespace":"%2$s"},%5$s},"spec":{"ports":[\
                {"name":"http","protocol":"TCP","port":80,"targetPort":8080},\
                {"name":"metrics","protocol":"TCP","port":9090,"targetPort":"metrics"}],"selector":\
                {"app.kubernetes.io/name":"%1$s"},"clusterIP":"%6$s","clusterIPs":["%6$s"],"type":"ClusterIP",\
                "sessionAffinity":"None","ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack",\
                "internalTrafficPolicy":"Cluster"},"status":{"loadBalancer":{}}}""".formatted(name(i), namespace(i), uid(i), i + 1, MANAGED, ip);
    }

    /** The JSON of the EndpointSlice of a service. */
    public String slice(int i) {
        StringBuilder all = new StringBuilder();
        int count = endpoints.applyAsInt(i);
        for (int n = 0; n < count; n++) {
            all.append(n == 0 ? "" : ",").append(endpoint(i, n));
        }
        return """
                {"metadata":{"name":"%1$s-%6$s","generateName":"%1$s-","namespace":"%2$s","uid":"%3$s",\
                "resourceVersion":"%4$d","generation":7,"creationTimestamp":"2026-10-01T10:00:00Z","labels":\
                {"app.kubernetes.io/name":"%1$s","endpointslice.kubernetes.io/managed-by":\
                "endpointslice-controller.k8s.io","kubernetes.io/service-name":"%1$s"},"annotations":\
                {"endpoints.kubernetes.io/last-change-trigger-time":"2026-11-01T08:15:30Z"},"ownerReferences":[\
                {"apiVersion":"v1","kind":"Service","name":"%1$s","uid":"%3$s","controller":true,\
                "blockOwnerDeletion":true}],%5$s},"addressType":"IPv4","endpoints":[%7$s],"ports":[\
                {"name":"http","protocol":"TCP","port":8080},{"name":"metrics","protocol":"TCP","port":9090}]}""".formatted(name(i), namespace(i), uid(i), i + 1, MANAGED, suffix(i), all);
    }

    private String endpoint(int i, int n) {
        String pod = podName(i, n);
        String hostname = stateful ? "\"hostname\":\"" + pod + "\"," : "";
        return "{\"addresses\":[\"" + address(i, n)
                + "\"],\"conditions\":{\"ready\":true,\"serving\":true,\"terminating\":false}," + hostname
                + "\"targetRef\":{\"kind\":\"Pod\",\"namespace\":\"" + namespace(i) + "\",\"name\":\"" + pod
                + "\",\"uid\":\"" + uid(n + 1) + "\"},\"nodeName\":\"node-" + n + "\",\"zone\":\"eu-west-1"
                + (char) ('a' + n % 3)
                + "\"}";
    }

    private String pod(int i, int n) {
        return """
                {"metadata":{"name":"%1$s","generateName":"%2$s-","namespace":"%3$s","uid":"%4$s","resourceVersion":"%5$d",\
                "labels":{"app.kubernetes.io/name":"%2$s"},%6$s},"spec":{"nodeName":"node-%7$d"},"status":\
                {"phase":"Running","podIP":"%8$s","podIPs":[{"ip":"%8$s"}]}}""".formatted(podName(i, n), name(i), namespace(i), uid(n + 1), i + 1, MANAGED, n, address(i, n));
    }

    private String podName(int i, int n) {
        return stateful ? name(i) + "-" + n : name(i) + "-7d5b6c9f8d-" + suffix(31 * i + n);
    }

    // Pods of a service lie on many nodes, whose ranges are far apart.
    private static String address(int i, int n) {
        return "10." + (128 + n) + "." + (i >> 8) + "." + (i & 0xff);
    }

    /** Name of a service. */
    public String name(int i) {
        return "checkout-service-" + i;
    }

    /** Namespace of a service. */
    public String namespace(int i) {
        return "team-" + i / SERVICES_PER_NAMESPACE;
    }

    private static String suffix(int i) {
        return Integer.toString(0x10_0000 + Math.floorMod(i * 7919, 0x10_0000), 36);
    }

    private static String uid(int i) {
        return "0c2f3a4e-7b1d-4c55-9a3e-" + (100_000_000_000L + i);
    }

    private static void pages(String kind, int count, IntFunction<String> object, PageSink sink) {
        for (int from = 0; from < count; from += PAGE_OBJECTS) {
            StringBuilder page =
                    new StringBuilder("{\"kind\":\"" + kind + "List\",\"apiVersion\":\"v1\",\"metadata\":{");
            page.append("\"resourceVersion\":\"700000\"},\"items\":[");
            for (int i = from; i < Math.min(count, from + PAGE_OBJECTS); i++) {
                page.append(i == from ? "" : ",").append(object.apply(i));
            }
            sink.page(page.append("]}\n").toString());
        }
    }
}
