package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;

/**
 * The names of a zone, empty non-terminals among them, as numbered nodes of a tree.
 *
 * <p>Node 0 is the apex. Numbers follow the canonical order (RFC 4034 6.1), so a node is followed by all that lie below
 * it, and the NSEC record that denies a name is found by walking back. A node knows its parent and its own label in
 * lower case; children are found through a hash table over parent and label. Never changed, any thread.
 */
final class ZoneNodes {
    /** The number of no node. */
    static final int NONE = -1;

    static final int APEX = 0;

    private final DomainName apex;

    /** Labels, each a length octet with its octets behind it. */
    private final byte[] labels;

    private final int[] labelStarts;
    private final int[] parents;

    /** Open addressing: node number plus one, 0 is free. */
    private final int[] slots;

    /**
     * @param labelStarts where the label of each node starts in {@code labels}; the apex has none
     */
    ZoneNodes(DomainName apex, byte[] labels, int[] labelStarts, int[] parents) {
        this.apex = apex;
        this.labels = labels;
        this.labelStarts = labelStarts;
        this.parents = parents;
        this.slots = new int[Math.max(2, Integer.highestOneBit(parents.length) * 2)];
        for (int node = 1; node < parents.length; node++) {
            insert(node);
        }
    }

    private void insert(int node) {
        int start = labelStarts[node];
        int hash = parents[node];
        for (int i = 0; i <= labels[start]; i++) {
            hash = 31 * hash + labels[start + i];
        }
        int slot = slot(hash);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = node + 1;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) * 0x9e3779b1 >>> 7 & slots.length - 1;
    }

    int count() {
        return parents.length;
    }

    int parent(int node) {
        return parents[node];
    }

    /** The child whose label is the one at {@code at} in a name, or {@link #NONE}. */
    int child(int parent, DomainName name, int at) {
        int hash = parent;
        for (int i = 0; i <= name.octet(at); i++) {
            hash = 31 * hash + name.lowerOctet(at + i);
        }
        int slot = slot(hash);
        while (slots[slot] != 0) {
            int node = slots[slot] - 1;
            if (parents[node] == parent && compareLabel(node, name, at) == 0) {
                return node;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return NONE;
    }

    /** The child with the label {@code *}, or {@link #NONE}. */
    int wildcard(int parent) {
        return child(parent, Wildcard.NAME, 0);
    }

    /** Order of a node's label and the one at {@code at} in a name. */
    private int compareLabel(int node, DomainName name, int at) {
        int start = labelStarts[node];
        int common = Math.min(labels[start], name.octet(at));
        for (int i = 1; i <= common; i++) {
            int order = Byte.compareUnsigned(labels[start + i], name.lowerOctet(at + i));
            if (order != 0) {
                return order;
            }
        }
        return labels[start] - name.octet(at);
    }

    /** The last node that stands before a name in canonical order: the name's missing label is at {@code at}. */
    int before(int encloser, DomainName name, int at) {
        // All nodes below the encloser whose branch sorts before the label come first.
        int low = encloser;
        int high = parents.length - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            int branch = branch(encloser, middle);
            if (branch != NONE && compareLabel(branch, name, at) < 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The child of {@code ancestor} that {@code node} is or lies below, {@link #NONE} if it lies elsewhere. */
    private int branch(int ancestor, int node) {
        int at = node;
        while (parents[at] > ancestor) {
            at = parents[at];
        }
        return parents[at] == ancestor && at != ancestor ? at : NONE;
    }

    /** The name of a node, in lower case but for the apex. */
    DomainName name(int node) {
        if (node == APEX) {
            return apex;
        }
        int length = apex.length();
        for (int at = node; at != APEX; at = parents[at]) {
            length += labels[labelStarts[at]] + 1;
        }
        byte[] octets = new byte[length];
        int end = 0;
        for (int at = node; at != APEX; at = parents[at]) {
            int label = labels[labelStarts[at]] + 1;
            System.arraycopy(labels, labelStarts[at], octets, end, label);
            end += label;
        }
        apex.copyTo(octets, end);
        return DomainName.read(octets, 0);
    }

    /** Size of the arrays in octets. */
    long octets() {
        return labels.length + 4L * (labelStarts.length + parents.length + slots.length);
    }
}
