package org.cairndns.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;

/** Creates objects through the Kubernetes API, several at a time. */
final class ApiLoader {
    private static final int PARALLEL = 16;

    private final ApiConnection api;

    ApiLoader(ApiConnection api) {
        this.api = api;
    }

    /** Creates the samples; all of them are there when it returns. */
    void load(List<SampleService> services) throws IOException, InterruptedException {
        List<Callable<Void>> namespaces = new ArrayList<>();
        for (String namespace : SampleCluster.namespaces(services)) {
            namespaces.add(post("/api/v1/namespaces", ApiObjects.namespace(namespace)));
        }
        List<Callable<Void>> objects = new ArrayList<>();
        for (SampleService service : services) {
            objects.add(post("/api/v1/namespaces/" + service.namespace() + "/services", ApiObjects.service(service)));
            objects.add(post(ApiObjects.slicesPath(service), ApiObjects.slice(service)));
        }
        runAll(namespaces);
        runAll(objects);
    }

    private static void runAll(List<Callable<Void>> calls) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("could not load the cluster: " + e.getCause(), e);
        }
    }

    private Callable<Void> post(String path, String body) {
        return () -> {
            api.post(path, body);
            return null;
        };
    }
}
