package org.cairndns.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cairndns.acceptance.DnsClient.Answer;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.testing.Await;
import org.xbill.DNS.Type;

/**
 * The time from a watch event to the first right answer, for services that were asked for just before they were made.
 *
 * <p>A watch of its own notes when the API reports a service; the server under test has the same event from the same API.
 */
final class EventDelay implements AutoCloseable {
    private static final Pattern ADDED = Pattern.compile("\"type\":\"ADDED\".*?\"name\":\"(fresh-[^\"]+)\"");

    private static final long PAUSE_NANOS = 100_000;

    private final ApiServerProcess api;
    private final LoadedCluster cluster;
    private final Map<String, Long> eventNanos = new ConcurrentHashMap<>();
    private final InputStream watch;

    EventDelay(ApiServerProcess api, LoadedCluster cluster) {
        this.api = api;
        this.cluster = cluster;
        this.watch = api.stream("/api/v1/namespaces/team-0/services?watch=true");
        Thread.ofPlatform().daemon().name("event-delay").start(this::read);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(watch, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                Matcher matcher = ADDED.matcher(line);
                if (matcher.find()) {
                    eventNanos.put(matcher.group(1), System.nanoTime());
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            // Closed while it was read: the end of the measurement.
            eventNanos.remove("");
        }
    }

    /** Delays in nanoseconds of this many new services, in ascending order. */
    long[] measure(InetSocketAddress server, String prefix, int count) throws IOException {
        long[] delays = new long[count];
        try (DnsClient client = new DnsClient(server)) {
            for (int i = 0; i < count; i++) {
                delays[i] = delay(client, "fresh-" + prefix + "-" + i, i);
            }
        }
        Arrays.sort(delays);
        return delays;
    }

    private long delay(DnsClient client, String name, int number) throws IOException {
        LoadedService service = new LoadedService("team-0", name, LoadedCluster.SERVICES + 1 + number);
        Answer before = client.ask(service.qname(), Type.A);
        if (!before.equals(Answer.NAME_ERROR)) {
            throw new AssertionError(service.qname() + " exists before it was made: " + before);
        }
        Thread maker = Thread.ofPlatform().start(() -> cluster.createService(service, service.clusterIp()));
        long answeredNanos = answeredNanos(client, service);
        Await.until("event of " + name, () -> eventNanos.containsKey(name));
        join(maker);
        api.delete("/api/v1/namespaces/team-0/services/" + name);
        Await.until(name + " is gone", () -> isGone(client, service));
        return Math.max(0, answeredNanos - eventNanos.getOrDefault(name, 0L));
    }

    private static long answeredNanos(DnsClient client, LoadedService service) throws IOException {
        Answer wanted = Answer.of(Set.of(service.clusterIp()));
        long deadlineNanos = System.nanoTime() + Await.LONG.toNanos();
        while (System.nanoTime() - deadlineNanos < 0) {
            if (client.ask(service.qname(), Type.A).equals(wanted)) {
                return System.nanoTime();
            }
            // Without a pause the questions themselves would keep two processors busy.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new AssertionError(service.qname() + " never answered");
    }

    private static boolean isGone(DnsClient client, LoadedService service) {
        try {
            return client.ask(service.qname(), Type.A).equals(Answer.NAME_ERROR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
