package org.cairndns.perf.container;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToLongFunction;

/** An image that takes the place of another one behind the address of cluster DNS, and gives it back, while clients ask. */
public final class SwapRun {
    private final ServiceAddress service;
    private final ContainerNetwork network;
    private final Path queries;
    private final int ratePerSecond;
    private final PrintStream progress;

    public SwapRun(
            ServiceAddress service, ContainerNetwork network, Path queries, int ratePerSecond, PrintStream progress) {
        this.service = service;
        this.network = network;
        this.queries = queries;
        this.ratePerSecond = ratePerSecond;
        this.progress = progress;
    }

    /** What a pod is made of, and when it gets queries. */
    public record Turn(ContainerSpec spec, RollingUpdate.NewPod newPod) {}

    /**
     * What came of it.
     *
     * @param clients what the clients saw of all
     * @param pods what the node counted of the pods of each image
     */
    public record Outcome(SteadyClients.Result clients, Map<String, PodCount.Seen> pods) {
        PodCount.Seen of(String image) {
            return pods.getOrDefault(image, PodCount.Seen.NOTHING);
        }

        /** Queries that were led to pods of an image and have no answer. */
        public long unanswered(String image) {
            return of(image).unanswered();
        }

        /** Queries that were led to no pod, or could not be sent. */
        public long ledNowhere() {
            return clients.asked() - sum(PodCount.Seen::led);
        }

        /** Lost queries that a pod has answered, but too late. */
        public long late() {
            return clients.lost() - sum(PodCount.Seen::unanswered) - ledNowhere();
        }

        private long sum(ToLongFunction<PodCount.Seen> count) {
            return pods.values().stream().mapToLong(count).sum();
        }

        /** For readers. */
        public String words() {
            StringBuilder words = new StringBuilder(clients.words());
            pods.forEach((image, seen) -> words.append(
                    "; %s left %d of %,d without an answer".formatted(image, seen.unanswered(), seen.led())));
            note(words, ledNowhere(), "led to no pod");
            note(words, late(), "answered too late");
            return words.toString();
        }

        private static void note(StringBuilder words, long count, String what) {
            if (count != 0) {
                words.append("; %d %s".formatted(count, what));
            }
        }
    }

    /** Swaps and swaps back a number of times. */
    public Outcome run(Turn before, Turn after, int times) throws IOException {
        try (RollingUpdate update = RollingUpdate.first(service, network, before.spec)) {
            SteadyClients clients = SteadyClients.start(service, queries, ratePerSecond);
            try {
                for (int i = 0; i < 2 * times; i++) {
                    Turn next = i % 2 == 0 ? after : before;
                    ServerContainer.End end = update.replace(next.spec, next.newPod);
                    progress.println("now " + next.spec.image() + ", the one before ended with " + end);
                }
            } finally {
                progress.println(clients.stop().words());
            }
            return new Outcome(clients.stop(), update.seen());
        }
    }
}
