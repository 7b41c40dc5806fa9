package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.zone.ReverseName;

/** One zone that a {@link ClusterZone} answers for. */
final class ServedZone {
    private final DomainName apex;
    private final boolean reverse;
    private final boolean multicluster;
    private final NegativeAnswers negatives;

    ServedZone(DomainName apex, boolean multicluster, NegativeAnswers negatives) {
        this.apex = apex;
        this.reverse = ReverseName.isReverseZone(apex);
        this.multicluster = multicluster;
        this.negatives = negatives;
    }

    DomainName apex() {
        return apex;
    }

    /** True if the zone holds PTR records. */
    boolean isReverse() {
        return reverse;
    }

    /** True if the services in the zone are those of the clusterset. */
    boolean isMulticluster() {
        return multicluster;
    }

    NegativeAnswers negatives() {
        return negatives;
    }
}
