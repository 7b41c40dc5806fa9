package org.cairndns.kubernetes.source;

import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ObjectKind;

/**
 * The way of one kind of object from the API to the receiver of changes.
 *
 * @param kind the kind
 * @param path path and query in the API, open for more parameters
 * @param client who asks
 * @param projection who reads
 * @param changes who is told
 * @param timings how long to wait
 */
record Feed(
        ObjectKind kind,
        String path,
        ApiClient client,
        Projection projection,
        ClusterChanges changes,
        ApiTimings timings) {
    /** Sends a request for the kind with further parameters. */
    ApiCall list(String parameters, ApiCall.Listener listener) {
        return client.get(path + parameters, ApiResource.of(kind).mediaTypes(), timings.listSilence(), listener);
    }

    /** Sends a request for the kind with further parameters whose answer stays open. */
    ApiCall watch(String parameters, ApiCall.Listener listener) {
        return client.get(
                path + "watch=true&allowWatchBookmarks=true&" + parameters,
                ApiResource.of(kind).mediaTypes(),
                timings.watchSilence(),
                listener);
    }
}
