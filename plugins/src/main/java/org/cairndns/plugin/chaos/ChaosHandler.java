package org.cairndns.plugin.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/** Layer that answers TXT queries of class CH for the names by which servers tell about themselves (RFC 4892). */
final class ChaosHandler implements Handler {
    private final Handler next;
    private final Map<DomainName, List<byte[]>> texts;
    private final Supplier<RandomGenerator> random;

    /**
     * @param random gives a generator for the calling thread
     */
    ChaosHandler(Handler next, ChaosTexts texts, Supplier<RandomGenerator> random) {
        this.next = next;
        this.random = random;
        this.texts = Map.of(
                DomainName.of("version.bind."), texts.version(),
                DomainName.of("version.server."), texts.version(),
                DomainName.of("hostname.bind."), texts.hostName(),
                DomainName.of("id.server."), texts.hostName(),
                DomainName.of("authors.bind."), texts.authors());
    }

    @Override
    public Reply handle(Query query) {
        if (query.qclass() != DnsClass.CH || query.qtype() != RecordType.TXT) {
            return next.handle(query);
        }
        List<byte[]> found = texts.get(query.qname());
        return found == null ? next.handle(query) : answer(query.qname(), found);
    }

    private Reply answer(DomainName qname, List<byte[]> found) {
        List<byte[]> shuffled = new ArrayList<>(found);
        Collections.shuffle(shuffled, random.get());
        ResponseBuilder builder = new ResponseBuilder(qname).authoritative(false);
        for (byte[] rdata : shuffled) {
            builder.octets(Section.ANSWER, qname, RecordType.TXT, DnsClass.CH, 0, rdata);
        }
        return new Reply.Answered(builder.build());
    }
}
