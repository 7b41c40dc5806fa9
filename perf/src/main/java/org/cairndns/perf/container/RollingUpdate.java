package org.cairndns.perf.container;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The way in which a Deployment replaces its one pod: the new one is started, and once it is ready the old one is told to end; only after
 * that the rules of the nodes lead nobody there any more.
 */
public final class RollingUpdate implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** Of the stock manifests. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** From the end of a pod to the rules without it: the API, the controller of slices, kube-proxy. */
    private static final Duration RULES_LATE = Duration.ofSeconds(1);

    private final ServiceAddress service;
    private final ContainerNetwork network;
    private final Map<String, PodCount.Seen> seen = new HashMap<>();
    private Pod pod;

    /** When a new pod gets queries. */
    public enum NewPod {
        /** The moment its ready page says so, beside the old one: faster than any cluster. */
        AT_ONCE,

        /** With the rules that leave out the old one, for what is known of both takes the same way to a node. */
        WITH_RULES
    }

    private record Pod(String image, ServerContainer container, PodCount count) {}

    private RollingUpdate(ServiceAddress service, ContainerNetwork network, ContainerSpec spec) throws IOException {
        this.service = service;
        this.network = network;
        this.pod = start(spec);
    }

    /** Starts the first pod and leads queries to it once it is ready. */
    static RollingUpdate first(ServiceAddress service, ContainerNetwork network, ContainerSpec spec)
            throws IOException {
        RollingUpdate update = new RollingUpdate(service, network, spec);
        service.leadTo(List.of(update.pod.container.address()));
        return update;
    }

    /** Replaces the pod; how the old one ended, which is removed. */
    ServerContainer.End replace(ContainerSpec spec, NewPod newPod) throws IOException {
        Pod old = pod;
        pod = start(spec);
        try (ServerContainer container = old.container) {
            InetAddress address = pod.container.address();
            if (newPod == NewPod.AT_ONCE) {
                service.leadTo(List.of(container.address(), address));
            }
            CompletableFuture<ServerContainer.End> end = CompletableFuture.supplyAsync(
                    () -> container.stop(GRACE),
                    task -> Thread.ofPlatform().daemon().start(task));
            pause(RULES_LATE);
            service.leadTo(List.of(address));
            ServerContainer.End ended =
                    end.orTimeout(2 * GRACE.toSeconds(), TimeUnit.SECONDS).join();
            note(old);
            return ended;
        }
    }

    /** What was seen of all pods of an image, those that have gone and the last one, for which this is the end of it. */
    Map<String, PodCount.Seen> seen() throws IOException {
        note(pod);
        return seen;
    }

    private void note(Pod counted) throws IOException {
        seen.merge(counted.image, counted.count.end(), PodCount.Seen::plus);
    }

    private Pod start(ContainerSpec spec) throws IOException {
        ServerContainer container = ServerContainer.start(spec, network);
        Probe probe = new Probe(container);
        if (probe.secondsUntil(READY_LIMIT, probe::isReady) < 0) {
            String log = container.log();
            container.close();
            throw new IOException(spec.image() + " is not ready:\n" + log);
        }
        return new Pod(spec.image(), container, PodCount.start(service, container.address()));
    }

    private static void pause(Duration length) {
        long endNanos = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        pod.container.close();
    }
}
