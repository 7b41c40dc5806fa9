package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
import org.cairndns.perf.compare.ApiConnection;
import org.cairndns.perf.compare.Churn;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.sample.ApiObjects;
import org.cairndns.perf.sample.SampleService;

/** What {@code perf/faults api} does to one server's API, each with what came of it. */
final class ApiScenes {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int REPAIR_SECONDS = 60;
    private static final int LOST_OF = 20;

    /**
     * Who takes part.
     *
     * @param metricsPort of the server
     */
    record Setup(Stage stage, ApiFaultProxy proxy, RunningPeer server, KnownNames client, int metricsPort) {}

    /** Something that may be so. */
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private final Setup setup;
    private final int limitSeconds;
    private final PrintStream progress;
    private final String name;
    private final ApiConnection api;
    private final List<SampleService> services;

    ApiScenes(Setup setup, int limitSeconds, PrintStream progress) {
        this.setup = setup;
        this.limitSeconds = limitSeconds;
        this.progress = progress;
        this.name = setup.server().name();
        this.api = setup.stage().api().api();
        this.services = setup.stage().cluster();
    }

    /** The API is away, the first half of the time by the end of its server, the second half by silence. */
    List<Verdict> away(double minutes, int rate) throws IOException, InterruptedException {
        Duration half = Duration.ofSeconds(Math.round(minutes * 30));
        AtomicInteger notReady = new AtomicInteger();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> watchReadiness(notReady));
        setup.stage().api().stop();
        KnownNames.Tally ended = setup.client().ask(services, rate, half);
        setup.stage().api().resume();
        setup.proxy().faults().stall();
        KnownNames.Tally silent = setup.client().ask(services, rate, half);
        setup.proxy().faults().end();
        watcher.interrupt();
        watcher.join();
        KnownNames.Tally all = ended.and(silent);
        SampleService marker = marker("after-away", "10.100.250.1");
        OptionalDouble after = seconds(() -> has(marker));
        removeMarker(marker);
        return List.of(
                Verdict.of(name, "away: known names", "0 wrong, 0 lost", all.words(), all.wrong() + all.lost() == 0),
                Verdict.of(name, "away: seconds not ready", "0", Integer.toString(notReady.get()), notReady.get() == 0),
                repaired("away: a new service after the return", after, false));
    }

    /** The store is set back to a copy, from before changes that the server knows. */
    List<Verdict> restored() throws IOException, InterruptedException {
        setup.stage().api().backUp();
        SampleService marker = marker("after-backup", "10.100.250.2");
        SampleService deleted = services.getFirst();
        api.delete(path(deleted));
        progressIfNot(seconds(() -> has(marker) && isGone(deleted)), "changes before the restore are not known");
        setup.stage().api().restore();
        OptionalDouble undone = seconds(() -> isGone(marker) && has(deleted));
        SampleService next = marker("after-restore", "10.100.250.3");
        OptionalDouble known = seconds(() -> has(next));
        removeMarker(next);
        return List.of(
                repaired("restored: what was undone", undone, true),
                repaired("restored: a new service from then on", known, true));
    }

    /** Events get lost while slices change, then those of one addition and of one deletion. */
    List<Verdict> lossy(int churn, int churnSeconds, long seed) throws IOException, InterruptedException {
        double before = divergence();
        List<Verdict> verdicts = new ArrayList<>();
        setup.proxy().faults().dropEvery(LOST_OF);
        try (Churn changes = Churn.start(api, services, churn, seed)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(churnSeconds));
            progress.printf("%s: %d changes, %d events lost%n", name, changes.accepted(), lost());
        }
        // What is on its way arrives.
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        int wrong = drift();
        verdicts.add(Verdict.seen(name, "lossy: services wrong at the end of changes", Integer.toString(wrong)));
        verdicts.add(repaired("lossy: all services as in the API", seconds(() -> drift() == 0), true));
        setup.proxy().faults().drop("ADDED"::equals);
        SampleService marker = marker("lost", "10.100.250.4");
        verdicts.add(repaired("lossy: a service whose addition was lost", seconds(() -> has(marker)), true));
        setup.proxy().faults().drop("DELETED"::equals);
        SampleService deleted = services.getLast();
        api.delete(path(deleted));
        verdicts.add(repaired("lossy: a service whose deletion was lost", seconds(() -> isGone(deleted)), true));
        setup.proxy().faults().end();
        removeMarker(marker);
        double found = divergence() - before;
        String seen = "%.0f of %d lost events".formatted(found, lost());
        verdicts.add(Verdict.judged(name, "lossy: objects counted as different", "at least 2", seen, found >= 2));
        return verdicts;
    }

    private Verdict repaired(String what, OptionalDouble seconds, boolean isSlow) {
        String seen =
                seconds.isPresent() ? "%.1f s".formatted(seconds.getAsDouble()) : "not within " + limitSeconds + " s";
        boolean met = seconds.isPresent() && seconds.getAsDouble() <= REPAIR_SECONDS;
        // What others do without a promise is for the reader.
        String target = "within " + REPAIR_SECONDS + " s";
        return isSlow ? Verdict.judged(name, what, target, seen, met) : Verdict.of(name, what, target, seen, met);
    }

    private long lost() {
        return setup.proxy().faults().dropped();
    }

    private int drift() throws IOException, InterruptedException {
        int wrong = 0;
        for (SampleService service : services) {
            wrong += has(service, Drift.wanted(api, service)) ? 0 : 1;
        }
        return wrong;
    }

    private boolean has(SampleService service, Set<String> addresses) throws IOException {
        try {
            return setup.client().addresses(service.dnsName()).equals(addresses);
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private double divergence() throws IOException {
        return MetricsPage.sum(MetricsPage.read(setup.metricsPort()), "cairn_kubernetes_divergence_total");
    }

    private SampleService marker(String marker, String ip) throws IOException, InterruptedException {
        SampleService service = new SampleService(services.getFirst().namespace(), marker, false, ip, List.of());
        api.post("/api/v1/namespaces/" + service.namespace() + "/services", ApiObjects.service(service));
        return service;
    }

    private void removeMarker(SampleService marker) throws IOException, InterruptedException {
        api.delete(path(marker));
    }

    private static String path(SampleService service) {
        return "/api/v1/namespaces/" + service.namespace() + "/services/" + service.name();
    }

    private boolean has(SampleService service) throws IOException {
        return has(service, Set.of(service.clusterIp()));
    }

    private boolean isGone(SampleService service) throws IOException {
        return has(service, Set.of("NXDOMAIN"));
    }

    private void progressIfNot(OptionalDouble seconds, String otherwise) {
        if (seconds.isEmpty()) {
            progress.println(name + ": " + otherwise);
        }
    }

    private OptionalDouble seconds(Condition condition) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(limitSeconds)) {
                return OptionalDouble.empty();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return OptionalDouble.of((System.nanoTime() - startNanos) / 1e9);
    }

    private void watchReadiness(AtomicInteger notReady) {
        while (!Thread.currentThread().isInterrupted()) {
            if (!isReady()) {
                notReady.incrementAndGet();
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + setup.server().peer().readyPort() + "/ready")
                            .toURL()
                            .openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }
}
