package org.cairndns.plugin.local;

import io.prometheus.metrics.core.metrics.Counter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.Zones;

/** Layer that answers for names that are about the host itself (RFC 6761 6.3, RFC 6303 4.2). */
final class LocalHandler implements Handler {
    private static final Zones ZONES =
            Zones.of(List.of("localhost.", "0.in-addr.arpa.", "127.in-addr.arpa.", "255.in-addr.arpa."));
    private static final DomainName LOOPBACK = DomainName.of("1.0.0.127.in-addr.arpa.");
    private static final byte[] LOCALHOST_LABEL = "localhost".getBytes(StandardCharsets.US_ASCII);

    private final Handler next;
    private final LocalReplies replies;
    private final boolean answersPrefix;
    private final Counter answered;

    /**
     * @param answersPrefix whether names of other zones that start with the label {@code localhost} are this host, too
     */
    LocalHandler(Handler next, LocalReplies replies, boolean answersPrefix, Counter answered) {
        this.next = next;
        this.replies = replies;
        this.answersPrefix = answersPrefix;
        this.answered = answered;
    }

    @Override
    public Reply handle(Query query) {
        // Unlike CoreDNS, which gives addresses of class IN to any class.
        if (query.qclass() != DnsClass.IN) {
            return next.handle(query);
        }
        DomainName qname = query.qname();
        int zone = ZONES.closest(qname);
        boolean apex = zone >= 0 && ZONES.names().get(zone).length() == qname.length();
        if (!apex && (zone == 0 || hasPrefix(qname))) {
            answered.inc();
            return replies.host(query.qtype(), qname);
        }
        if (zone < 0) {
            return next.handle(query);
        }
        return apex ? apex(zone, qname, query.qtype()) : below(ZONES.names().get(zone), qname, query.qtype());
    }

    private boolean hasPrefix(DomainName qname) {
        return answersPrefix
                && qname.octet(0) == LOCALHOST_LABEL.length
                && qname.regionEquals(1, LOCALHOST_LABEL.length, LOCALHOST_LABEL);
    }

    private Reply apex(int zone, DomainName qname, int qtype) {
        boolean address = zone == 0 && (qtype == RecordType.A || qtype == RecordType.AAAA);
        return address ? replies.host(qtype, qname) : replies.apex(qtype, qname);
    }

    private Reply below(DomainName zone, DomainName qname, int qtype) {
        if (qtype == RecordType.PTR && qname.equals(LOOPBACK)) {
            return replies.pointer();
        }
        // RFC 8020: what lies above a name exists; CoreDNS denies 0.127.in-addr.arpa and with it 127.0.0.1.
        return LOOPBACK.isAtOrBelow(qname) ? replies.noData(zone, qname) : replies.noName(zone, qname);
    }
}
