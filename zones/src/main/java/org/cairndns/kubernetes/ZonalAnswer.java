package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;

/**
 * The endpoints of one topology zone of a headless service.
 *
 * <pre>
 *   Z.pin._zone.S.NS.svc       those in zone Z, which may be several labels
 *   Z.prefer._zone.S.NS.svc    the same, all endpoints where there is none
 * </pre>
 *
 * Source: CoreDNS plugin/kubernetes, option zonal.
 */
final class ZonalAnswer {
    /** Labels of a service with the one that all such names have in front of it. */
    private static final int ANCHOR = 3;

    private static final int DIRECTIVE = 4;

    private final ZoneQuestion question;
    private final ServiceNode node;

    /** Takes an endpoint of a slice. */
    @FunctionalInterface
    interface Sink {
        void accept(PackedSlice slice, int endpoint);
    }

    ZonalAnswer(ZoneQuestion question, ServiceNode node) {
        this.question = question;
        this.node = node;
    }

    /** True for names below a service whose label next to it is {@code _zone}, in other zones than multicluster ones. */
    static boolean isZonal(ZoneQuestion question) {
        return !question.zone().isMulticluster()
                && question.labelCount() > ANCHOR
                && Labels.equal(question.qname(), question.label(ANCHOR), "_zone");
    }

    /** True if the name says which zone, and how. */
    boolean isName() {
        return question.labelCount() > DIRECTIVE + 1 && hasDirective();
    }

    /** True for {@code _zone}, {@code pin._zone} and {@code prefer._zone} alone. */
    boolean isAboveNames() {
        return question.labelCount() == ANCHOR + 1 || question.labelCount() == DIRECTIVE + 1 && hasDirective();
    }

    private boolean hasDirective() {
        return isDirective("pin") || isDirective("prefer");
    }

    private boolean isDirective(String word) {
        return Labels.equal(question.qname(), question.label(DIRECTIVE), word);
    }

    /** Hands out the endpoints. */
    void forEach(Sink sink) {
        String zone = zone(question.qname());
        if (forEach(zone, sink) == 0 && isDirective("prefer")) {
            forEach("", sink);
        }
    }

    private int forEach(String zone, Sink sink) {
        int count = 0;
        for (PackedSlice slice : node.slices()) {
            for (int i = 0; i < slice.addresses().size(); i++) {
                if (zone.isEmpty() || slice.zone(i).equals(zone)) {
                    sink.accept(slice, i);
                    count++;
                }
            }
        }
        return count;
    }

    /** The labels in front of the directive, lower case. */
    private String zone(DomainName qname) {
        StringBuilder zone = new StringBuilder();
        for (int at = 0; at < question.label(DIRECTIVE); at += qname.octet(at) + 1) {
            zone.append(at == 0 ? "" : ".").append(qname.lowerLabelAt(at));
        }
        return zone.toString();
    }
}
