package org.cairndns.plugin.transfer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.TransferSource;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.SerialNumber;
import org.cairndns.wire.Soa;
import org.cairndns.wire.Transport;

/** Layer that answers AXFR and IXFR with the zones of the handlers below it. */
final class TransferHandler implements Handler {
    /** Each holds a message of its client's, so there is a limit to what a block's clients can take together. */
    static final int MAX_CONCURRENT = 100;

    private final TransferRules rules;
    private final List<TransferSource> sources;
    private final Handler next;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param sources the first that has a zone gives it
     */
    TransferHandler(TransferRules rules, List<TransferSource> sources, Handler next) {
        this.rules = rules;
        this.sources = sources;
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        boolean transfer = query.qtype() == RecordType.AXFR || query.qtype() == RecordType.IXFR;
        if (!transfer || query.qclass() != DnsClass.IN) {
            return next.handle(query);
        }
        // RFC 5936 4.2: AXFR is not defined for UDP; like CoreDNS, IXFR is not answered there either.
        Transport transport = query.listener().transport();
        if (transport != Transport.TCP && transport != Transport.TLS) {
            return new Reply.Failed(Rcode.REFUSED, "");
        }
        Optional<TransferRule> rule = rules.find(query.qname());
        if (rule.isEmpty()) {
            return next.handle(query);
        }
        if (!rule.get().allows(query.client().getAddress())) {
            return new Reply.Answered(Response.bare(Rcode.REFUSED));
        }
        boolean incremental = query.qtype() == RecordType.IXFR;
        if (incremental && query.soaSerial().isEmpty()) {
            // RFC 1995 3 puts it into the authority section. CoreDNS (plugin/transfer) says SERVFAIL, after which a
            // client asks the same again.
            return new Reply.Failed(Rcode.FORMERR, "IXFR without the client's SOA record");
        }
        return answer(query, incremental ? query.soaSerial() : OptionalLong.empty());
    }

    private Reply answer(Query query, OptionalLong clientSerial) {
        for (TransferSource source : sources) {
            Optional<TransferableZone> zone = source.zone(query.qname());
            if (zone.isPresent()) {
                return switch (zone.get()) {
                    case TransferableZone.Ready ready -> answer(query, clientSerial, ready);
                    case TransferableZone.Unready unready -> new Reply.Failed(Rcode.SERVFAIL, unready.reason());
                };
            }
        }
        return next.handle(query);
    }

    private Reply answer(Query query, OptionalLong clientSerial, TransferableZone.Ready zone) {
        long serial = Soa.of(zone.soa().rdata()).serial();
        // RFC 1995 2: who has this version or a newer one gets the SOA alone.
        if (clientSerial.isPresent() && !SerialNumber.isLess(clientSerial.getAsLong(), serial)) {
            return new Reply.Answered(new ResponseBuilder(query.qname())
                    .add(zone.soa().in(Section.ANSWER))
                    .build());
        }
        if (underWay.incrementAndGet() > MAX_CONCURRENT) {
            underWay.decrementAndGet();
            return new Reply.Failed(Rcode.SERVFAIL, "more than " + MAX_CONCURRENT + " zone transfers at a time");
        }
        return new Reply.Messages(query.qname(), new TransferStream(query, zone, underWay::decrementAndGet));
    }
}
