package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;

/**
 * Answers for {@code ADDRESS.NS.pod}, addresses written with dashes.
 *
 * <p>They were part of the specification up to 1.0.1 and are in every stock Corefile. As in CoreDNS, labels in front are
 * ignored, and an SRV query gets port 0 of the name itself.
 */
final class PodAnswers {
    private static final int MAX_LABELS = 5;
    private static final int POD_LABEL = 2;

    private final ClusterIndex index;
    private final ClusterZoneOptions options;

    PodAnswers(ClusterIndex index, ClusterZoneOptions options) {
        this.index = index;
        this.options = options;
    }

    /** The answer to a question for a name below a namespace's pod names. */
    LookupResult answer(ZoneQuestion question, NamespaceNode namespace) {
        if (question.labelCount() > MAX_LABELS) {
            return question.nameError();
        }
        int position = question.label(POD_LABEL);
        IpAddress address =
                DashedAddress.parse(question.qname().lowerLabelAt(position)).orElse(null);
        if (address == null || !exists(namespace, address)) {
            return question.nameError();
        }
        return switch (question.qtype()) {
            case RecordType.A, RecordType.AAAA -> {
                AddressAnswer answer = new AddressAnswer(question.qtype());
                answer.add(address);
                yield answer.build(question, options.ttlSeconds());
            }
            case RecordType.SRV -> {
                DomainName name = question.qname().suffixAt(position);
                SrvAnswer answer = new SrvAnswer();
                answer.add(name, 0, address);
                yield answer.build(question, options.ttlSeconds());
            }
            default -> question.noData();
        };
    }

    private boolean exists(NamespaceNode namespace, IpAddress address) {
        return switch (options.podMode()) {
            case DISABLED -> false;
            case INSECURE -> true;
            case VERIFIED -> index.hasPod(namespace, address);
        };
    }
}
