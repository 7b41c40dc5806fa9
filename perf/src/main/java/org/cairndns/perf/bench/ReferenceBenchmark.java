package org.cairndns.perf.bench;

import org.openjdk.jmh.annotations.Benchmark;

/** Work that is the same for all versions of Cairn, by which one machine's nanoseconds are compared with another's. */
public class ReferenceBenchmark extends StepBenchmark {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final byte[] octets = new byte[64];
    private long seed = MULTIPLIER;

    /** Hashes 64 octets one by one. */
    @Benchmark
    public long hash() {
        long hash = seed;
        for (byte octet : octets) {
            hash = (hash ^ octet) * MULTIPLIER;
        }
        seed = hash;
        return hash;
    }
}
