package org.cairndns.plugin.loadbalance;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/**
 * Layer that puts the addresses of answer and additional section in an {@link AddressOrder}.
 *
 * <p>They change places among themselves, across owners and types as in CoreDNS; other records stay where they are.
 */
final class ArrangedHandler implements Handler {
    private final Handler next;
    private final AddressOrder order;

    ArrangedHandler(Handler next, AddressOrder order) {
        this.next = next;
        this.order = order;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        boolean applies = !RoundRobinHandler.isTransfer(query) && order.appliesTo(query.qtype());
        return applies ? reply.then(done -> arranged(query.qname(), done)) : reply;
    }

    private Reply arranged(DomainName qname, Reply reply) {
        Response response = RoundRobinHandler.responseOfSeveral(reply);
        if (response == null) {
            return reply;
        }
        List<ResourceRecord> records = records(qname, response);
        int answers = response.count(Section.ANSWER);
        int additional = records.size() - response.count(Section.ADDITIONAL);
        boolean first = arrange(records.subList(0, answers));
        boolean last = arrange(records.subList(additional, records.size()));
        if (!first && !last) {
            return reply;
        }
        ResponseBuilder builder = new ResponseBuilder(qname).rcode(response.rcode());
        records.forEach(builder::add);
        return new Reply.Answered(builder.buildLike(response).withAddressesInOrder());
    }

    private static List<ResourceRecord> records(DomainName qname, Response response) {
        List<ResourceRecord> records = new ArrayList<>(response.recordCount());
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            records.add(cursor.record());
        }
        return records;
    }

    /** False if there is nothing to change. */
    private boolean arrange(List<ResourceRecord> section) {
        List<ResourceRecord> addresses = new ArrayList<>(section.size());
        for (ResourceRecord record : section) {
            if (isAddress(record)) {
                addresses.add(record);
            }
        }
        if (addresses.size() < 2) {
            return false;
        }
        order.arrange(addresses);
        Iterator<ResourceRecord> arranged = addresses.iterator();
        section.replaceAll(record -> isAddress(record) ? arranged.next() : record);
        return true;
    }

    private static boolean isAddress(ResourceRecord record) {
        return record.dnsClass() == DnsClass.IN && (record.type() == RecordType.A || record.type() == RecordType.AAAA);
    }
}
