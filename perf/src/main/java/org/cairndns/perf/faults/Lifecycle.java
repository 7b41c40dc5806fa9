package org.cairndns.perf.faults;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.Clients;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code perf/faults lifecycle}. */
@Command(
        name = "lifecycle",
        sortOptions = false,
        description = "Reloads under load, and starts and stops of two instances behind one address.")
final class Lifecycle extends FaultCommand {
    private static final Duration UPSTREAM_DELAY = Duration.ofMillis(20);
    private static final Clients CLIENTS = new Clients(50, 10);
    private static final int WARM_UP_SECONDS = 5;

    @Option(names = "--reloads", description = "Reloads under load (default: ${DEFAULT-VALUE})")
    private int reloads = 200;

    @Option(names = "--reload-rate", description = "Queries a second meanwhile (default: ${DEFAULT-VALUE})")
    private int reloadRate = 5_000;

    @Option(names = "--reload-millis", description = "From one reload to the next (default: ${DEFAULT-VALUE})")
    private int reloadMillis = 300;

    @Option(names = "--pairs", description = "Starts of one and stops of another instance (default: ${DEFAULT-VALUE})")
    private int pairs = 50;

    @Option(names = "--pair-rate", description = "Queries a second meanwhile (default: ${DEFAULT-VALUE})")
    private int pairRate = 1_000;

    @Option(names = "--pair-seconds", description = "Length of the load for each pair (default: ${DEFAULT-VALUE})")
    private int pairSeconds = 9;

    Lifecycle() {
        super("lifecycle");
    }

    @Override
    String title() {
        return "%d reloads at %,d queries a second, %d pairs of start and stop behind one address at %,d"
                .formatted(reloads, reloadRate, pairs, pairRate);
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        Path folder = Files.createTempDirectory("cairn-lifecycle");
        try (Upstream upstream = Upstream.start(UPSTREAM_DELAY)) {
            for (Contender contender : contenders()) {
                reload(new LifecycleServers(setting, contender, folder, upstream.port()), contender, verdicts);
                relieve(new LifecycleServers(setting, contender, folder, upstream.port()), contender, verdicts);
            }
        } finally {
            Setting.delete(folder);
        }
        return verdicts;
    }

    private void reload(LifecycleServers processes, Contender contender, List<Verdict> verdicts)
            throws IOException, InterruptedException {
        if (reloads == 0) {
            return;
        }
        LifecycleServers.Instance instance = processes.start();
        try (RunningPeer server = instance.server()) {
            progress.printf("%s: %d reloads%n", server.name(), reloads);
            load(processes, reloadRate, WARM_UP_SECONDS).join();
            int seconds = reloads * reloadMillis / 1_000 + 2;
            CompletableFuture<LoadTally> load = load(processes, reloadRate, seconds);
            ReadyWatch ready = new ReadyWatch(instance.server().peer().readyPort());
            for (int i = 1; i <= reloads; i++) {
                processes.reload(instance, i);
                pause(reloadMillis);
            }
            ready.end();
            LoadTally tally = result(load);
            String seen = "%d of %,d, slowest %.0f ms"
                    .formatted(tally.lost(), tally.asked(), tally.latency().maxMillis());
            look(contender, verdicts, reloads + " reloads, lost", seen, tally.lost() + tally.failed() == 0);
            String refused = "%d of %,d times".formatted(ready.refused(), ready.asked());
            look(contender, verdicts, reloads + " reloads, not ready", refused, ready.refused() == 0);
        }
    }

    private void relieve(LifecycleServers processes, Contender contender, List<Verdict> verdicts)
            throws IOException, InterruptedException {
        if (pairs == 0) {
            return;
        }
        long asked = 0;
        long lost = 0;
        int without = 0;
        LifecycleServers.Instance old = processes.start();
        try {
            load(processes, pairRate, WARM_UP_SECONDS).join();
            for (int i = 1; i <= pairs; i++) {
                CompletableFuture<LoadTally> load = load(processes, pairRate, pairSeconds);
                LifecycleServers.Instance next = processes.start();
                old.server().close();
                old = next;
                LoadTally tally = result(load);
                long bad = tally.lost() + tally.failed();
                asked += tally.asked();
                lost += bad;
                without += bad > 0 ? 1 : 0;
                progress.printf("%s: pair %d, %d lost of %d%n", contender.label(), i, bad, tally.asked());
            }
        } finally {
            old.server().close();
        }
        String seen = "%d of %,d, in %d pairs".formatted(lost, asked, without);
        look(contender, verdicts, pairs + " pairs of start and stop, lost", seen, lost == 0);
    }

    private CompletableFuture<LoadTally> load(LifecycleServers processes, int rate, int seconds) throws IOException {
        Path queries = processes.queries();
        Pace pace = new Pace(Arrivals.EVEN, rate, seconds, seed);
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Arena arena = Arena.ofConfined()) {
                        return OpenLoop.run(processes.port(), QueryPackets.read(queries, arena), pace, CLIENTS);
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private static LoadTally result(CompletableFuture<LoadTally> load) throws IOException {
        try {
            return load.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void pause(int millis) {
        long untilNanos = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = 1; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** All that is counted here is to be zero. */
    private static void look(Contender contender, List<Verdict> verdicts, String what, String seen, boolean isMet) {
        verdicts.add(Verdict.judged(contender.label(), what, "0", seen, isMet));
    }
}
