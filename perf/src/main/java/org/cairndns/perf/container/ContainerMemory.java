package org.cairndns.perf.container;

import java.util.Locale;

/**
 * Memory of a container at one moment, as its limit counts it.
 *
 * @param currentKib all of it, with what the kernel holds for it
 * @param peakKib the most that it ever was
 * @param anonKib what is backed by no file
 * @param fileKib pages of files, which are given up before the limit hurts
 */
public record ContainerMemory(long currentKib, long peakKib, long anonKib, long fileKib) {
    private static final double KIB_PER_MIB = 1024;

    /** For readers, in MiB. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%.1f MiB (anonymous %.1f, files %.1f)",
                currentKib / KIB_PER_MIB,
                anonKib / KIB_PER_MIB,
                fileKib / KIB_PER_MIB);
    }

    /** The most that it ever was, for readers. */
    public String peak() {
        return String.format(Locale.ROOT, "%.1f MiB", peakKib / KIB_PER_MIB);
    }

    /** Has the larger of each figure. */
    ContainerMemory max(ContainerMemory other) {
        return new ContainerMemory(
                Math.max(currentKib, other.currentKib),
                Math.max(peakKib, other.peakKib),
                Math.max(anonKib, other.anonKib),
                Math.max(fileKib, other.fileKib));
    }
}
