package org.example.hello;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/** Layer that answers TXT queries for <code>hello.ZONE</code> with a text and the client's address. */
final class HelloHandler implements Handler {
    private final Handler next;
    private final List<DomainName> names;
    private final HelloText answer;
    private final Counter greetings;

    HelloHandler(Handler next, List<DomainName> names, HelloText answer, Counter greetings) {
        this.next = next;
        this.names = names;
        this.answer = answer;
        this.greetings = greetings;
    }

    @Override
    public Reply handle(Query query) {
        if (query.qtype() != RecordType.TXT || query.qclass() != DnsClass.IN || !names.contains(query.qname())) {
            return next.handle(query);
        }
        greetings.inc();
        String text = answer.text() + ", " + query.client().getAddress().getHostAddress();
        return new Reply.Answered(new ResponseBuilder(query.qname())
                .txt(Section.ANSWER, query.qname(), answer.ttlSeconds(), text)
                .build());
    }
}
