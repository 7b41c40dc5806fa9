package org.cairndns.kubernetes;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.cairndns.wire.DomainName;

/**
 * A label, or none, for each of some endpoints: what all begin with is kept once, for names of pods of one workload differ
 * in a few octets at the end.
 *
 * <pre>
 *   prefix octets | end of each label's rest, counted from the end of this table, 3 octets | rests
 * </pre>
 *
 * A text of the API that is no label stays one, too long for any name. Immutable, any thread.
 */
final class PackedLabels {
    /** No label for any endpoint. */
    static final PackedLabels NONE = new PackedLabels(0, 0, new byte[0]);

    private static final int END_OCTETS = 3;
    private static final int MAX_REST_OCTETS = (1 << 8 * END_OCTETS) - 1;
    private static final byte[] NO_LABEL = {};
    private static final byte[] TOO_LONG = new byte[DomainName.MAX_LABEL_OCTETS + 1];

    private final int count;
    private final int prefix;
    private final byte[] octets;

    private PackedLabels(int count, int prefix, byte[] octets) {
        this.count = count;
        this.prefix = prefix;
        this.octets = octets;
    }

    /** The labels that {@code label} finds, an empty text for none. */
    static <E> PackedLabels of(List<E> endpoints, Function<E, String> label) {
        byte[][] labels = new byte[endpoints.size()][];
        int total = 0;
        for (int i = 0; i < labels.length; i++) {
            String text = label.apply(endpoints.get(i));
            labels[i] = text.isEmpty() ? NO_LABEL : Labels.isLabel(text) ? Labels.octets(text) : TOO_LONG;
            total += labels[i].length;
        }
        return total == 0 || total > MAX_REST_OCTETS ? NONE : pack(labels, total);
    }

    /**
     * The labels of {@code count} endpoints as {@link #toOctets} gave them.
     *
     * @throws IllegalArgumentException for anything else
     */
    static PackedLabels ofOctets(int count, int prefix, byte[] octets) {
        if (octets.length == 0 && prefix == 0) {
            return NONE;
        }
        PackedLabels labels = new PackedLabels(count, prefix, octets);
        int rests = prefix + END_OCTETS * count;
        if (count == 0 || prefix > DomainName.MAX_LABEL_OCTETS + 1 || octets.length < rests) {
            throw new IllegalArgumentException("no labels of " + count + " endpoints");
        }
        int from = rests;
        boolean longest = true;
        for (int i = 0; i < count; i++) {
            int to = labels.to(i);
            int length = prefix + to - from;
            if (to < from || to > octets.length || length > DomainName.MAX_LABEL_OCTETS + 1) {
                throw new IllegalArgumentException("no label at " + i);
            }
            boolean tooLong = length > DomainName.MAX_LABEL_OCTETS;
            longest &= tooLong;
            requireLabel(octets, from, tooLong ? from : to);
            from = to;
        }
        requireLabel(octets, 0, longest ? 0 : prefix);
        if (from != octets.length) {
            throw new IllegalArgumentException("more than the labels");
        }
        return labels;
    }

    private static void requireLabel(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] <= ' ' || octets[i] == 0x7f) {
                throw new IllegalArgumentException("octet " + octets[i] + " in a label");
            }
        }
    }

    /** All of it, not to be changed. */
    PackedEndpoints.Labels toOctets() {
        return new PackedEndpoints.Labels(prefix, octets);
    }

    private static PackedLabels pack(byte[][] labels, int total) {
        int prefix = commonPrefix(labels);
        int rests = prefix + END_OCTETS * labels.length;
        byte[] octets = new byte[rests + total - prefix * labels.length];
        System.arraycopy(labels[0], 0, octets, 0, prefix);
        int at = rests;
        for (int i = 0; i < labels.length; i++) {
            int length = labels[i].length - prefix;
            System.arraycopy(labels[i], prefix, octets, at, length);
            at += length;
            putEnd(octets, prefix + END_OCTETS * i, at - rests);
        }
        return new PackedLabels(labels.length, prefix, octets);
    }

    private static int commonPrefix(byte[][] labels) {
        int prefix = labels[0].length;
        for (byte[] label : labels) {
            int mismatch = Arrays.mismatch(label, 0, label.length, labels[0], 0, prefix);
            prefix = mismatch < 0 ? prefix : mismatch;
        }
        return prefix;
    }

    private static void putEnd(byte[] octets, int at, int end) {
        octets[at] = (byte) (end >> 16);
        octets[at + 1] = (byte) (end >> 8);
        octets[at + 2] = (byte) end;
    }

    /** True if the endpoint has a label. */
    boolean has(int index) {
        return count > 0 && prefix + to(index) - from(index) > 0;
    }

    /** The endpoint's label, empty if it has none. */
    String text(int index) {
        if (!has(index)) {
            return "";
        }
        int from = from(index);
        byte[] label = Arrays.copyOf(octets, prefix + to(index) - from);
        System.arraycopy(octets, from, label, prefix, label.length - prefix);
        return Labels.text(label);
    }

    /** True if the endpoint's label is the first of the name, whatever the case. */
    boolean isFirstOf(DomainName name, int index) {
        int from = from(index);
        int rest = to(index) - from;
        return name.octet(0) == prefix + rest && equal(name, 1, 0, prefix) && equal(name, 1 + prefix, from, rest);
    }

    private boolean equal(DomainName name, int position, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (name.lowerOctet(position + i) != Labels.lower(octets[from + i])) {
                return false;
            }
        }
        return true;
    }

    private int from(int index) {
        return index == 0 ? prefix + END_OCTETS * count : to(index - 1);
    }

    private int to(int index) {
        int at = prefix + END_OCTETS * index;
        int end = (octets[at] & 0xff) << 16 | (octets[at + 1] & 0xff) << 8 | octets[at + 2] & 0xff;
        return prefix + END_OCTETS * count + end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedLabels labels
                && count == labels.count
                && prefix == labels.prefix
                && Arrays.equals(octets, labels.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }
}
