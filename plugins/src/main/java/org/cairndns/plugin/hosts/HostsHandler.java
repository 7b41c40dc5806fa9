package org.cairndns.plugin.hosts;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;

/** Layer that answers for names and addresses of the hosts table; what it does not know goes on or fails. */
final class HostsHandler implements Handler {
    /**
     * There is no SOA for an NXDOMAIN that could be kept (RFC 2308 5), so CoreDNS fails; without a reason, as it is no
     * error that belongs in a log.
     */
    private static final Reply UNKNOWN_NAME = new Reply.Failed(Rcode.SERVFAIL, "");

    private final Handler next;
    private final HostsFile file;
    private final HostsConfig config;

    HostsHandler(Handler next, HostsFile file, HostsConfig config) {
        this.next = next;
        this.file = file;
        this.config = config;
    }

    @Override
    public Reply handle(Query query) {
        // Unlike CoreDNS, which gives addresses of class IN to any class.
        if (query.qclass() != DnsClass.IN) {
            return next.handle(query);
        }
        if (query.qtype() == RecordType.PTR) {
            Reply names = file.table().findNames(query.qname());
            return names != null ? names : next.handle(query);
        }
        DomainName qname = query.qname();
        if (!config.zones().covers(qname) || isOfTypeForNext(query)) {
            return next.handle(query);
        }
        Reply reply = file.table().find(qname, query.qtype());
        if (reply != null) {
            return reply;
        }
        return fallsThrough(qname) ? next.handle(query) : UNKNOWN_NAME;
    }

    @Override
    public Repetition repetition(Query query) {
        if (query.qclass() != DnsClass.IN) {
            return next.repetition(query);
        }
        // Not the table itself, which would stay in memory as long as the response.
        int replaced = file.replaced();
        Repetition reply = isKnown(query, file.table()) ? Repetition.ALWAYS : next.repetition(query);
        return reply.during(() -> file.replaced() == replaced);
    }

    private boolean isKnown(Query query, HostsTable table) {
        DomainName qname = query.qname();
        if (query.qtype() == RecordType.PTR) {
            return table.findNames(qname) != null;
        }
        return config.zones().covers(qname) && !isOfTypeForNext(query) && table.find(qname, query.qtype()) != null;
    }

    private boolean isOfTypeForNext(Query query) {
        return config.fallsThrough().otherTypes()
                && query.qtype() != RecordType.A
                && query.qtype() != RecordType.AAAA
                && fallsThrough(query.qname());
    }

    private boolean fallsThrough(DomainName qname) {
        return config.fallsThrough().zones().covers(qname);
    }
}
