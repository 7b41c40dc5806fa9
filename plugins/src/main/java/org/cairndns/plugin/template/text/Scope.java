package org.cairndns.plugin.template.text;

import java.util.ArrayList;
import java.util.List;

/** The variables that a place in a template sees, each with its slot. */
final class Scope {
    private final List<String> names = new ArrayList<>(List.of("$"));
    private int slots = 1;

    /** How many {@code with} and {@code range} around the place have given the dot another value. */
    private int rebound;

    /** How many {@code range} are around the place. */
    private int ranges;

    int declare(String name) {
        names.add(name);
        slots = Math.max(slots, names.size());
        return names.size() - 1;
    }

    /** Slot of a variable, -1 if there is none. */
    int find(String name) {
        return names.lastIndexOf(name);
    }

    /** Number of variables, to be given to {@link #leave}. */
    int enter() {
        return names.size();
    }

    void leave(int size) {
        names.subList(size, names.size()).clear();
    }

    /** Slots that a run needs. */
    int slots() {
        return slots;
    }

    void rebindDot(int change) {
        rebound += change;
    }

    void enterRange(int change) {
        ranges += change;
    }

    boolean dotIsRoot() {
        return rebound == 0;
    }

    boolean inRange() {
        return ranges > 0;
    }
}
