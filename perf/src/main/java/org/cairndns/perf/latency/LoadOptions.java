package org.cairndns.perf.latency;

import java.nio.file.Path;
import java.util.Locale;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.Pace;
import picocli.CommandLine.Option;

/** Options for the load that the commands of this package have in common. */
final class LoadOptions {
    @Option(
            names = "--arrivals",
            description = "even or poisson: queries at the same distance, or by chance (default: even)")
    Arrivals arrivals = Arrivals.EVEN;

    @Option(names = "--warm-up", description = "Seconds of load before the first round (default: ${DEFAULT-VALUE})")
    int warmUpSeconds = 15;

    @Option(names = "--seed", description = "Seed of queries and arrivals (default: ${DEFAULT-VALUE})")
    long seed = 1;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results go (default: perf/results)")
    Path out = Path.of("");

    Pace pace(int ratePerSecond, int seconds) {
        return new Pace(arrivals, ratePerSecond, seconds, seed);
    }

    Pace warmUp(int ratePerSecond) {
        return pace(ratePerSecond, warmUpSeconds);
    }

    String words() {
        return "arrivals " + arrivals.name().toLowerCase(Locale.ROOT) + ", after " + warmUpSeconds + " s, seed " + seed;
    }
}
