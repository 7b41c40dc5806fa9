package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.cairndns.wire.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * Hash table from labels to elements, for one writer and any number of readers without locks.
 *
 * <p>Readers look up a label where it stands in a qname, without making an object of it. Chains are made of cells that
 * never change, so a reader sees a chain as it was before or after a change.
 */
final class LabelTable<E extends LabelTable.Labelled> {
    /** Something with a label, which never changes. */
    interface Labelled {
        /** The label's octets, 1 to 63; not to be changed. */
        byte[] label();
    }

    private record Cell<E>(E element, @Nullable Cell<E> next) {}

    /** Unknown to those who choose names, so that they can't choose names that fall into one chain. */
    private final long seed;

    private volatile AtomicReferenceArray<@Nullable Cell<E>> chains = new AtomicReferenceArray<>(1);
    private int size;

    LabelTable(long seed) {
        this.seed = seed;
    }

    /** The element under the label whose length octet is at {@code position} of the name, null if there is none. */
    @Nullable
    E find(DomainName name, int position) {
        int length = name.octet(position);
        long hash = seed;
        for (int i = position + 1; i <= position + length; i++) {
            hash = step(hash, name.lowerOctet(i));
        }
        AtomicReferenceArray<@Nullable Cell<E>> current = chains;
        Cell<E> cell = current.get(slot(hash, current));
        while (cell != null && !name.regionEquals(position + 1, length, cell.element.label())) {
            cell = cell.next;
        }
        return cell == null ? null : cell.element;
    }

    /** The element under a label, null if there is none. */
    @Nullable
    E find(byte[] label) {
        AtomicReferenceArray<@Nullable Cell<E>> current = chains;
        Cell<E> cell = current.get(slot(hash(label), current));
        while (cell != null && !Arrays.equals(label, cell.element.label())) {
            cell = cell.next;
        }
        return cell == null ? null : cell.element;
    }

    /** A copy of the elements in no order; those there all the time while it is made are in it once. */
    List<E> elements() {
        AtomicReferenceArray<@Nullable Cell<E>> current = chains;
        List<E> elements = new ArrayList<>();
        for (int i = 0; i < current.length(); i++) {
            for (Cell<E> cell = current.get(i); cell != null; cell = cell.next) {
                elements.add(cell.element);
            }
        }
        return elements;
    }

    /** Number of elements; writer only. */
    int size() {
        return size;
    }

    /** Adds an element whose label is not in the table; writer only. */
    void add(E element) {
        if (++size > chains.length()) {
            grow();
        }
        insert(chains, element);
    }

    /** Removes an element of the table; writer only. */
    void remove(E element) {
        int slot = slot(hash(element.label()), chains);
        @Nullable Cell<E> rest = null;
        for (Cell<E> cell = chains.get(slot); cell != null; cell = cell.next) {
            if (!cell.element.equals(element)) {
                rest = new Cell<>(cell.element, rest);
            } else {
                size--;
            }
        }
        chains.set(slot, rest);
    }

    private void grow() {
        AtomicReferenceArray<@Nullable Cell<E>> larger = new AtomicReferenceArray<>(2 * chains.length());
        for (E element : elements()) {
            insert(larger, element);
        }
        chains = larger;
    }

    private void insert(AtomicReferenceArray<@Nullable Cell<E>> target, E element) {
        int slot = slot(hash(element.label()), target);
        target.set(slot, new Cell<>(element, target.get(slot)));
    }

    private long hash(byte[] label) {
        long hash = seed;
        for (byte octet : label) {
            hash = step(hash, octet);
        }
        return hash;
    }

    private static long step(long hash, byte octet) {
        return (hash ^ octet) * 0x9e37_79b9_7f4a_7c15L;
    }

    private static int slot(long hash, AtomicReferenceArray<?> chains) {
        return (int) (hash >>> 32) & chains.length() - 1;
    }
}
