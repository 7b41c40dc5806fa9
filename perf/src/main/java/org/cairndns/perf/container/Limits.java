package org.cairndns.perf.container;

/**
 * What a container may use.
 *
 * @param memoryMib of memory, swap none; 0 for all there is
 * @param cpus of processor time, in processors; 0 for all there is
 * @param processor number of the processor that it runs on; -1 for any
 */
public record Limits(int memoryMib, double cpus, int processor) {
    public Limits {
        if (memoryMib < 0 || cpus < 0) {
            throw new IllegalArgumentException("limits must not be below 0, not " + memoryMib + " MiB and " + cpus);
        }
    }

    String words() {
        return memoryMib + " MiB and " + cpus + " processors";
    }
}
