package org.cairndns.plugin.local;

import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;

/**
 * Replies of the directive; AA is clear as in CoreDNS. Immutable, any thread.
 *
 * <p>Those of one name besides the owner, which is a pointer to the question, are ready and serve every name. In an SOA
 * one name points to another, at a place that depends on the length of the question.
 */
final class LocalReplies {
    static final DomainName LOCALHOST = DomainName.of("localhost.");

    private static final DomainName ANY_NAME = DomainName.of("name.");

    /** A week. */
    private static final int TTL_SECONDS = 604_800;

    private static final Soa SOA = new Soa(LOCALHOST, DomainName.of("root.localhost."), 1, 0, 0, 0, TTL_SECONDS);

    private final Reply ipv4 = address(new byte[] {127, 0, 0, 1});
    private final Reply ipv6 = address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    private final Reply nameServer =
            answered(builder().name(Section.ANSWER, ANY_NAME, RecordType.NS, TTL_SECONDS, LOCALHOST));
    private final Reply pointer =
            answered(builder().name(Section.ANSWER, ANY_NAME, RecordType.PTR, TTL_SECONDS, LOCALHOST));

    private static ResponseBuilder builder() {
        return builder(ANY_NAME);
    }

    private static ResponseBuilder builder(DomainName qname) {
        return new ResponseBuilder(qname).authoritative(false);
    }

    private static Reply answered(ResponseBuilder builder) {
        return new Reply.Answered(builder.build());
    }

    private static Reply address(byte[] octets) {
        return answered(builder().address(Section.ANSWER, ANY_NAME, TTL_SECONDS, octets));
    }

    /** For a name that is this host. */
    Reply host(int qtype, DomainName qname) {
        return switch (qtype) {
            case RecordType.A -> ipv4;
            case RecordType.AAAA -> ipv6;
            default -> noData(qname, qname);
        };
    }

    /** For the apex of a zone, but for addresses. */
    Reply apex(int qtype, DomainName qname) {
        return switch (qtype) {
            case RecordType.SOA -> answered(builder(qname).soa(Section.ANSWER, qname, TTL_SECONDS, SOA));
            case RecordType.NS -> nameServer;
            default -> noData(qname, qname);
        };
    }

    /** For a PTR query for 127.0.0.1. */
    Reply pointer() {
        return pointer;
    }

    /** The denial of a type by a zone. */
    Reply noData(DomainName zone, DomainName qname) {
        return answered(builder(qname).soa(Section.AUTHORITY, zone, TTL_SECONDS, SOA));
    }

    /** The denial of a name by a zone. */
    Reply noName(DomainName zone, DomainName qname) {
        return answered(builder(qname).rcode(Rcode.NXDOMAIN).soa(Section.AUTHORITY, zone, TTL_SECONDS, SOA));
    }
}
