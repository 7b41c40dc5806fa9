package org.cairndns.perf.compare;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cairndns.perf.sample.SampleService;

/** Files of queries for dnsperf, made from a seed. */
public final class QueryFiles {
    private static final int LINES = 100_000;
    private static final int OUTSIDE_NAMES = 10_000;

    /** Misses that one run can use up before it ends early. */
    private static final int MISSES = 1_000_000;

    private final Path folder;
    private final List<SampleService> services;
    private final long seed;
    private int missFiles;

    public QueryFiles(Path folder, List<SampleService> services, long seed) {
        this.folder = folder;
        this.services = services;
        this.seed = seed;
    }

    /** A file for one run of a mix; another one each time where names may be asked for only once. */
    public Path file(Mix mix) throws IOException {
        Path file = folder.resolve("queries-" + mix.label());
        if (mix == Mix.MISS || !Files.exists(file)) {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                write(mix, out);
            }
        }
        return file;
    }

    private void write(Mix mix, BufferedWriter out) throws IOException {
        Random random = new Random(seed + mix.ordinal());
        switch (mix) {
            case CLUSTER -> cluster(random, out);
            case CACHED -> cached(random, out);
            case PODS -> pods(random, out);
            case MISS -> misses(out);
        }
    }

    private void cluster(Random random, BufferedWriter out) throws IOException {
        for (int i = 0; i < LINES / 2; i++) {
            both(any(random).dnsName(), out);
        }
    }

    private static void cached(Random random, BufferedWriter out) throws IOException {
        double[] cumulative = new double[OUTSIDE_NAMES];
        double sum = 0;
        for (int i = 0; i < OUTSIDE_NAMES; i++) {
            sum += 1.0 / (i + 1);
            cumulative[i] = sum;
        }
        for (int i = 0; i < LINES; i++) {
            int at = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
            out.write(outside(Math.min(at < 0 ? -at - 1 : at, OUTSIDE_NAMES - 1)) + " A\n");
        }
    }

    private void pods(Random random, BufferedWriter out) throws IOException {
        for (int i = 0; i < LINES / 8; i++) {
            String own = any(random).namespace() + ".svc.cluster.local";
            if (random.nextBoolean()) {
                SampleService wanted = any(random);
                String asked = wanted.name() + "." + wanted.namespace();
                both(asked + "." + own, out);
                both(asked + ".svc.cluster.local", out);
            } else {
                String asked = outside(random.nextInt(OUTSIDE_NAMES / 10));
                for (String suffix : List.of("." + own, ".svc.cluster.local", ".cluster.local", "")) {
                    both(asked + suffix, out);
                }
            }
        }
    }

    private void misses(BufferedWriter out) throws IOException {
        missFiles++;
        for (int i = 0; i < MISSES; i++) {
            out.write("m" + i + "-" + missFiles + ".example.net A\n");
        }
    }

    private SampleService any(Random random) {
        return services.get(random.nextInt(services.size()));
    }

    private static String outside(int number) {
        return "www" + number + ".example.org";
    }

    private static void both(String name, BufferedWriter out) throws IOException {
        out.write(name + " A\n" + name + " AAAA\n");
    }
}
