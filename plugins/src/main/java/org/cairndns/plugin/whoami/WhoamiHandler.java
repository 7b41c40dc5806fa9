package org.cairndns.plugin.whoami;

import java.net.InetSocketAddress;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/**
 * Last handler of a chain that tells clients their own address, port and transport.
 *
 * <p>Any query gets NOERROR with an empty answer; the additional section has an A or AAAA record of the client at the
 * qname and an SRV record at {@code _udp} or {@code _tcp} below it, TTL 0, of the question's class. Source: coredns
 * plugin/whoami.
 */
final class WhoamiHandler implements Handler {
    @Override
    public Reply handle(Query query) {
        InetSocketAddress client = query.client();
        byte[] address = client.getAddress().getAddress();
        int type = address.length == 4 ? RecordType.A : RecordType.AAAA;
        ResponseBuilder builder = new ResponseBuilder(query.qname())
                .octets(Section.ADDITIONAL, query.qname(), type, query.qclass(), 0, address);
        addPort(builder, query, client.getPort());
        Response response = builder.build();
        return new Reply.Answered(response);
    }

    private static void addPort(ResponseBuilder builder, Query query, int port) {
        String label = "_" + query.listener().transport().label();
        // RFC 1035 3.1: a name of more than 255 octets does not exist, so neither does this record.
        if (1 + label.length() + query.qname().length() > DomainName.MAX_OCTETS) {
            return;
        }
        // Priority 0, weight 0, the port, the root as target.
        byte[] rdata = {0, 0, 0, 0, (byte) (port >> 8), (byte) port, 0};
        DomainName owner = DomainName.prepend(label, query.qname());
        builder.octets(Section.ADDITIONAL, owner, RecordType.SRV, query.qclass(), 0, rdata);
    }
}
