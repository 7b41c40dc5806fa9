package org.cairndns.perf.flame;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A method with the samples in it or in what it called, as a node of a tree of calls. */
final class Frame {
    private final String name;
    private final Map<String, Frame> callees = new TreeMap<>();
    private long samples;

    private Frame(String name) {
        this.name = name;
    }

    /** The root of a tree without samples. */
    static Frame root(String name) {
        return new Frame(name);
    }

    /** Adds a sample; the outermost method comes first. */
    void add(List<String> stack) {
        samples++;
        if (!stack.isEmpty()) {
            callees.computeIfAbsent(stack.getFirst(), Frame::new).add(stack.subList(1, stack.size()));
        }
    }

    String name() {
        return name;
    }

    long samples() {
        return samples;
    }

    /** What it called, by name. */
    Iterable<Frame> callees() {
        return callees.values();
    }

    /** Longest chain of calls with at least so many samples, this one included. */
    int depth(long leastSamples) {
        int deepest = 0;
        for (Frame callee : callees()) {
            if (callee.samples >= leastSamples) {
                deepest = Math.max(deepest, callee.depth(leastSamples));
            }
        }
        return deepest + 1;
    }
}
