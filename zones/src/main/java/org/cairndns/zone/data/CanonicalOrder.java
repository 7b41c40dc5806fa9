package org.cairndns.zone.data;

import java.util.Comparator;
import org.cairndns.wire.DomainName;

/** Canonical order of names (RFC 4034 6.1): label by label from the root, each as unsigned octets in lower case. */
final class CanonicalOrder implements Comparator<DomainName> {
    static final CanonicalOrder INSTANCE = new CanonicalOrder();

    private CanonicalOrder() {}

    @Override
    public int compare(DomainName a, DomainName b) {
        int[] labelsOfA = labelStarts(a);
        int[] labelsOfB = labelStarts(b);
        int common = Math.min(labelsOfA.length, labelsOfB.length);
        for (int i = 1; i <= common; i++) {
            int order = compareLabels(a, labelsOfA[labelsOfA.length - i], b, labelsOfB[labelsOfB.length - i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(labelsOfA.length, labelsOfB.length);
    }

    /** Positions of the length octets of a name's labels, the root left out. */
    static int[] labelStarts(DomainName name) {
        int[] starts = new int[name.labelCount()];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            at += name.octet(at) + 1;
        }
        return starts;
    }

    private static int compareLabels(DomainName a, int atA, DomainName b, int atB) {
        int common = Math.min(a.octet(atA), b.octet(atB));
        for (int i = 1; i <= common; i++) {
            int order = Byte.compareUnsigned(a.lowerOctet(atA + i), b.lowerOctet(atB + i));
            if (order != 0) {
                return order;
            }
        }
        return a.octet(atA) - b.octet(atB);
    }
}
