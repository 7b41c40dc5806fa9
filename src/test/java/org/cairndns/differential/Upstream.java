package org.cairndns.differential;

import java.util.Locale;
import org.cairndns.testing.StubUpstream;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A recursive resolver of a few zones; the first label of a name tells what the answer is. */
final class Upstream {
    private static final Record SOA = StubUpstream.record(
            Name.fromConstantString("example.com."), Type.SOA, 300, "ns.example.com. h.example.com. 1 2 3 4 60");
    private static final int MANY = 60;

    private final Message response;
    private final Name qname;
    private final int qtype;

    private Upstream(Message query) {
        response = StubUpstream.response(query, Rcode.NOERROR);
        qname = query.getQuestion().getName();
        qtype = query.getQuestion().getType();
        for (int flag : new int[] {Flags.RD, Flags.CD}) {
            if (query.getHeader().getFlag(flag)) {
                response.getHeader().setFlag(flag);
            } else {
                response.getHeader().unsetFlag(flag);
            }
        }
    }

    /** Answers a query. */
    static Message answer(Message query) {
        Upstream upstream = new Upstream(query);
        upstream.fill();
        return upstream.response;
    }

    private void fill() {
        String name = qname.toString().toLowerCase(Locale.ROOT);
        if (!name.contains("example.")) {
            deny(Rcode.NXDOMAIN);
            return;
        }
        switch (name.substring(0, name.indexOf('.'))) {
            case "fail" -> response.getHeader().setRcode(Rcode.SERVFAIL);
            case "refused" -> response.getHeader().setRcode(Rcode.REFUSED);
            case "nx" -> deny(Rcode.NXDOMAIN);
            case "empty" -> deny(Rcode.NOERROR);
            case "cname" -> alias("www.example.com.");
            case "chain" -> alias("cname.example.com.");
            case "many" -> many();
            default -> addresses(qname);
        }
    }

    private void deny(int rcode) {
        response.getHeader().setRcode(rcode);
        response.addRecord(SOA, Section.AUTHORITY);
    }

    private void alias(String target) {
        Name name = Name.fromConstantString(target);
        response.addRecord(StubUpstream.record(qname, Type.CNAME, 120, target), Section.ANSWER);
        if (qtype == Type.CNAME) {
            return;
        }
        if (target.startsWith("cname")) {
            response.addRecord(StubUpstream.record(name, Type.CNAME, 120, "www.example.com."), Section.ANSWER);
            name = Name.fromConstantString("www.example.com.");
        }
        addresses(name);
    }

    private void many() {
        for (int i = 0; i < MANY && qtype == Type.A; i++) {
            response.addRecord(StubUpstream.record(qname, Type.A, 60, "203.0.113." + i), Section.ANSWER);
        }
    }

    private void addresses(Name owner) {
        switch (qtype) {
            case Type.A -> response.addRecord(StubUpstream.record(owner, Type.A, 60, "203.0.113.5"), Section.ANSWER);
            case Type.AAAA ->
                response.addRecord(StubUpstream.record(owner, Type.AAAA, 90, "2001:db8::5"), Section.ANSWER);
            case Type.TXT ->
                response.addRecord(StubUpstream.record(owner, Type.TXT, 0, "\"a text\" \"of two\""), Section.ANSWER);
            case Type.MX -> {
                response.addRecord(StubUpstream.record(owner, Type.MX, 60, "10 mx.example.com."), Section.ANSWER);
                response.addRecord(
                        StubUpstream.record(Name.fromConstantString("mx.example.com."), Type.A, 60, "203.0.113.25"),
                        Section.ADDITIONAL);
            }
            default -> response.addRecord(SOA, Section.AUTHORITY);
        }
    }
}
