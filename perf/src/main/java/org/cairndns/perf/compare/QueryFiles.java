package org.cairndns.perf.compare;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Files of queries for dnsperf, made from a seed. */
public final class QueryFiles {
    private static final int LINES = 100_000;

    /** What glibc, systemd-resolved and others offer, after the DNS Flag Day 2020. */
    private static final int EDNS_OCTETS = 1232;

    private static final int OUTSIDE_NAMES = 10_000;

    /** Misses that one run can use up before it ends early. */
    private static final int MISSES = 1_000_000;

    private final Path folder;
    private final List<SampleService> services;
    private final List<SampleService> headless = SampleCluster.headlessServices();
    private final long seed;
    private int missFiles;

    public QueryFiles(Path folder, List<SampleService> services, long seed) {
        this.folder = folder;
        this.services = services;
        this.seed = seed;
    }

    /** A file for dnsperf, for one run of a mix: text, but with {@link Mix#HEADLESS} messages as in a TCP stream; another one each time where names may be asked for only once. */
    public Path file(Mix mix) throws IOException {
        Path file = folder.resolve("queries-" + mix.label());
        if (mix == Mix.HEADLESS) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                headless(new Random(seed + mix.ordinal()), new DataOutputStream(out));
            }
        } else if (mix == Mix.MISS || !Files.exists(file)) {
            try (BufferedWriter out = Files.newBufferedWriter(file)) {
                write(mix, out);
            }
        }
        return file;
    }

    private void write(Mix mix, BufferedWriter out) throws IOException {
        Random random = new Random(seed + mix.ordinal());
        switch (mix) {
            case CLUSTER, TCP, CHURN -> cluster(random, out);
            case CACHED -> cached(random, out);
            case PODS -> pods(random, out);
            case MISS -> misses(out);
            case HEADLESS -> throw new IllegalArgumentException("not a text");
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

    /** In wire form, for dnsperf itself has another EDNS size. */
    private void headless(Random random, DataOutputStream out) throws IOException {
        for (int i = 0; i < LINES / 10; i++) {
            String name = headless.get(random.nextInt(headless.size())).dnsName() + ".";
            Message query = Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
            query.addRecord(new OPTRecord(EDNS_OCTETS, 0, 0), Section.ADDITIONAL);
            byte[] wire = query.toWire();
            out.writeShort(wire.length);
            out.write(wire);
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
