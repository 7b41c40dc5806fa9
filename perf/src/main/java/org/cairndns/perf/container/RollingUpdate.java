package org.cairndns.perf.container;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The way in which a Deployment replaces its one pod: the new one is started, gets queries once it is ready, then the old one is told to
 * end, and only after that the rules of the nodes lead nobody there any more.
 */
public final class RollingUpdate {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    /** Of the stock manifests. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ServiceAddress service;
    private final ContainerNetwork network;
    private final Duration rulesLate;

    /**
     * @param rulesLate from the end of a pod to the rules without it, as kube-proxy needs
     */
    public RollingUpdate(ServiceAddress service, ContainerNetwork network, Duration rulesLate) {
        this.service = service;
        this.network = network;
        this.rulesLate = rulesLate;
    }

    /** The new pod, and how the old one ended. */
    public record Replaced(ServerContainer pod, ServerContainer.End end) {}

    /** Starts the first pod and leads queries to it once it is ready. */
    public ServerContainer first(ContainerSpec spec) throws IOException {
        ServerContainer pod = ready(spec);
        service.leadTo(List.of(pod.address()));
        return pod;
    }

    /** Replaces a pod, which is removed. */
    public Replaced replace(ServerContainer old, ContainerSpec spec) throws IOException {
        ServerContainer pod = ready(spec);
        try (old) {
            InetAddress address = pod.address();
            service.leadTo(List.of(old.address(), address));
            CompletableFuture<ServerContainer.End> end = CompletableFuture.supplyAsync(
                    () -> old.stop(GRACE), task -> Thread.ofPlatform().daemon().start(task));
            pause(rulesLate);
            service.leadTo(List.of(address));
            return new Replaced(
                    pod, end.orTimeout(2 * GRACE.toSeconds(), TimeUnit.SECONDS).join());
        }
    }

    private ServerContainer ready(ContainerSpec spec) throws IOException {
        ServerContainer pod = ServerContainer.start(spec, network);
        Probe probe = new Probe(pod);
        if (probe.secondsUntil(READY_LIMIT, probe::isReady) < 0) {
            String log = pod.log();
            pod.close();
            throw new IOException(spec.image() + " is not ready:\n" + log);
        }
        return pod;
    }

    private static void pause(Duration length) {
        long endNanos = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
