package org.cairndns.wire;

/**
 * Check of the names in a foreign message, which notes where their labels start.
 *
 * <p>The message is checked from front to back, so a label start that is known is that of a name checked before. Time
 * per name is bounded by its 255 octets plus {@link #MAX_POINTERS} pointers. One thread.
 */
final class NameCheck {
    /** What {@link #after} says of an improper name. */
    static final int IMPROPER = -1;

    /** Longest chain of pointers: a name has at most 127 labels, so no sender needs a longer one. */
    private static final int MAX_POINTERS = 127;

    private final MessageView view;

    /** Where the qname ends; the type and class behind it are no place for labels. */
    private final int qnameEnd;

    /** A bit for each octet of the message. */
    private final long[] labelStarts;

    private boolean regular = true;
    private boolean pointers;

    NameCheck(MessageView view) {
        this.view = view;
        this.qnameEnd = view.recordsStart() - 4;
        this.labelStarts = new long[(view.end() >> 6) + 1];
        for (int at = MessageView.QUESTION; at < qnameEnd; at += view.octet(at) + 1) {
            mark(at);
        }
    }

    /**
     * True if each pointer so far leads to a label of the question or of an earlier name.
     *
     * <p>Others lead to octets that change under the name when TTLs are set, addresses change places or the question
     * comes in another letter case.
     */
    boolean isRegular() {
        return regular;
    }

    /** True if a name so far has a pointer in it. */
    boolean hasPointers() {
        return pointers;
    }

    /**
     * Position behind the name at {@code position}, or {@link #IMPROPER}: over 255 octets, a pointer that does not go
     * backwards or leads out of the qname and the records, octets beyond the end.
     */
    int after(int position) {
        int at = position;
        int after = IMPROPER;
        int octets = 0;
        int limit = position;
        int hops = 0;
        while (at < view.end()) {
            int length = view.octet(at);
            if (length >= 0xc0) {
                int target = at + 1 < view.end() ? view.unsignedShort(at) & 0x3fff : limit;
                // RFC 1035 4.1.4: a pointer leads to a prior occurrence, so each hop goes further back.
                if (target >= limit || isOutside(target) || ++hops > MAX_POINTERS) {
                    return IMPROPER;
                }
                after = after == IMPROPER ? at + 2 : after;
                regular &= isMarked(target);
                pointers = true;
                limit = target;
                at = target;
                continue;
            }
            octets += length + 1;
            if (length > DomainName.MAX_LABEL_OCTETS || octets > DomainName.MAX_OCTETS || leavesQname(at, length)) {
                return IMPROPER;
            }
            if (after == IMPROPER) {
                mark(at);
            }
            at += length + 1;
            if (length == 0) {
                return after == IMPROPER ? at : after;
            }
        }
        return IMPROPER;
    }

    private boolean isOutside(int target) {
        return target < MessageView.QUESTION || target >= qnameEnd && target < view.recordsStart();
    }

    /** True for a label that starts among the qname's octets, as a pointer into the middle of one may, and ends behind. */
    private boolean leavesQname(int at, int length) {
        return at < qnameEnd && length > 0 && at + length + 1 >= qnameEnd;
    }

    private void mark(int position) {
        labelStarts[position >> 6] |= 1L << position;
    }

    private boolean isMarked(int position) {
        return (labelStarts[position >> 6] & 1L << position) != 0;
    }
}
