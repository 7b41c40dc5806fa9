package org.cairndns.plugin.any;

import java.nio.charset.StandardCharsets;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.CharacterString;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/** Layer that answers every query for ANY with the HINFO record of RFC 8482 4.2. Source: CoreDNS plugin/any. */
final class AnyHandler implements Handler {
    private static final int TTL_SECONDS = 8482;

    /** The owner is written as a pointer to the question, so one reply serves every name. */
    private static final DomainName ANY_NAME = DomainName.of("name.");

    private static final Reply ANSWER = new Reply.Answered(new ResponseBuilder(ANY_NAME)
            .authoritative(false)
            .octets(Section.ANSWER, ANY_NAME, RecordType.HINFO, TTL_SECONDS, hinfo())
            .build());

    private final Handler next;

    AnyHandler(Handler next) {
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        return query.qtype() == RecordType.ANY && query.qclass() == DnsClass.IN ? ANSWER : next.handle(query);
    }

    private static byte[] hinfo() {
        byte[] cpu = CharacterString.of("ANY obsoleted".getBytes(StandardCharsets.US_ASCII));
        byte[] os = CharacterString.of("See RFC 8482".getBytes(StandardCharsets.US_ASCII));
        byte[] rdata = new byte[cpu.length + os.length];
        System.arraycopy(cpu, 0, rdata, 0, cpu.length);
        System.arraycopy(os, 0, rdata, cpu.length, os.length);
        return rdata;
    }
}
