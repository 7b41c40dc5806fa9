package org.cairndns.server.smoke;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;

/**
 * A response with the question it is for.
 *
 * @param qname the name that was asked for
 * @param qtype the type that was asked for
 */
record Answer(DomainName qname, int qtype, Response response) {
    boolean is(int rcode) {
        return response.rcode() == rcode;
    }

    /** RDATA of the type asked for, in the order of the answer section. */
    List<String> rdata() {
        List<String> texts = new ArrayList<>();
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            if (cursor.section() == Section.ANSWER && cursor.type() == qtype) {
                texts.add(Rdata.toText(qtype, cursor.rdata()));
            }
        }
        return texts;
    }

    /** Addresses of the answer section. */
    List<InetAddress> addresses() {
        List<InetAddress> addresses = new ArrayList<>();
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            boolean address = cursor.type() == RecordType.A || cursor.type() == RecordType.AAAA;
            if (cursor.section() == Section.ANSWER && address) {
                address(cursor.rdata()).ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    private static Optional<InetAddress> address(byte[] octets) {
        try {
            return Optional.of(InetAddress.getByAddress(octets));
        } catch (UnknownHostException e) {
            // Not 4 and not 16 octets: no address.
            return Optional.empty();
        }
    }

    /** Owner and RDATA of the SOA record of the authority section. */
    Optional<String> soa() {
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            if (cursor.section() == Section.AUTHORITY && cursor.type() == RecordType.SOA) {
                return Optional.of(cursor.owner() + " SOA " + Rdata.toText(RecordType.SOA, cursor.rdata()));
            }
        }
        return Optional.empty();
    }

    /** In a few words, such as {@code NOERROR 10.152.183.1} or {@code NXDOMAIN without records}. */
    @Override
    public String toString() {
        List<String> rdata = rdata();
        String records = rdata.isEmpty() ? "without records" : String.join(", ", rdata);
        return Rcode.text(response.rcode()) + " " + records;
    }
}
