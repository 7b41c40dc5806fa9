package org.cairndns.kubernetes.testing;

import java.nio.file.Path;

/** The choice between a real API server and its double. */
public final class TestApis {
    private TestApis() {}

    /** A real server where {@code KUBEBUILDER_ASSETS} names one, otherwise the double. */
    public static TestApi start(Path work, String... flags) {
        if (ApiServerProcess.assets().isPresent()) {
            return ApiServerProcess.start(work, flags);
        }
        System.out.println("KUBEBUILDER_ASSETS names no kube-apiserver and etcd: running against the API double");
        return ApiServerDouble.start(work);
    }
}
