package org.cairndns.kubernetes;

import java.util.LinkedHashSet;
import java.util.Set;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;

/** A or AAAA records at the qname under construction; addresses come in once. */
final class AddressAnswer {
    /** More records than any message has room for; the writer cuts and sets TC. */
    private static final int MAX_RECORDS = 0x1_0000 / 16;

    private final boolean ipv4;
    private final Set<IpAddress> addresses = new LinkedHashSet<>();

    /** An empty answer to A or AAAA. */
    AddressAnswer(int qtype) {
        this.ipv4 = qtype == RecordType.A;
    }

    /** Adds an address if it is of the type asked for. */
    void add(IpAddress address) {
        if (address.isIpv4() == ipv4 && addresses.size() < MAX_RECORDS) {
            addresses.add(address);
        }
    }

    void addAll(Addresses all) {
        int from = ipv4 ? 0 : all.ipv4Count();
        int to = ipv4 ? all.ipv4Count() : all.size();
        for (int i = from; i < to; i++) {
            add(all.get(i));
        }
    }

    /** The response, or NODATA where nothing was added. */
    LookupResult build(ZoneQuestion question, int ttlSeconds) {
        return addresses.isEmpty() ? question.noData() : found(question, ttlSeconds);
    }

    /** The response; its octets are the same for every qname. */
    LookupResult.Found found(ZoneQuestion question, int ttlSeconds) {
        ResponseBuilder builder = new ResponseBuilder(question.qname());
        for (IpAddress address : addresses) {
            builder.address(Section.ANSWER, question.qname(), ttlSeconds, address.octets());
        }
        Response response = builder.build();
        return new LookupResult.Found(response);
    }
}
