package org.cairndns.monitoring;

import java.nio.file.Path;
import java.time.Instant;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;

/** A small cluster in an API, one headless service of which changes whenever it is told to. */
final class BusyCluster implements AutoCloseable {
    /** A name with an address. */
    static final String SERVICE = "web.shop.svc.cluster.local";

    /** The address of a pod in the namespace {@code shop}. */
    static final String POD = "127.0.0.9";

    private static final String SERVICES = "/api/v1/namespaces/shop/services";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";
    private static final String PORTS = "[{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"}]";

    private final TestApi api;
    private int changes;

    BusyCluster(Path work) {
        api = TestApis.start(work, "--service-cluster-ip-range=10.152.183.0/24");
        create("/api/v1/namespaces", "v1", "Namespace", "shop", "");
        create(SERVICES, "v1", "Service", "web", ",\"spec\":{\"clusterIP\":\"10.152.183.20\",\"ports\":" + PORTS + "}");
        create(SERVICES, "v1", "Service", "peers", ",\"spec\":{\"clusterIP\":\"None\",\"ports\":" + PORTS + "}");
        api.create(SLICES, """
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","addressType":"IPv4",
                 "metadata":{"name":"peers-a","labels":{"kubernetes.io/service-name":"peers"}},"ports":%s,
                 "endpoints":[{"addresses":["10.1.0.1"],"conditions":{"ready":true}}]}""".formatted(PORTS));
        create("/api/v1/namespaces/shop/pods", "v1", "Pod", "client", """
                ,"spec":{"containers":[{"name":"c","image":"example.invalid/c"}]},
                "status":{"phase":"Running","podIP":"%s","podIPs":[{"ip":"%s"}]}""".formatted(POD, POD));
    }

    private void create(String path, String version, String kind, String name, String rest) {
        api.create(
                path,
                "{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name + "\"}"
                        + rest + "}");
    }

    Path kubeconfig() {
        return api.kubeconfig();
    }

    /** Gives the headless service another endpoint, as of now. */
    void change() {
        api.patch(SLICES + "/peers-a", """
                {"metadata":{"annotations":{"endpoints.kubernetes.io/last-change-trigger-time":"%s"}},
                 "endpoints":[{"addresses":["10.1.0.%d"],"conditions":{"ready":true}}]}""".formatted(Instant.now(), 2 + changes++ % 200));
    }

    @Override
    public void close() {
        api.close();
    }
}
