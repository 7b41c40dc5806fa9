package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseReader;

/**
 * What the letter case of the question in a response tells: a forger cannot know that of the query, where it had any
 * (draft-vixie-dnsext-dns0x20 2).
 *
 * <p>Queries keep the case that their clients chose. Random case for all would cost a second query over TCP with every
 * server that lowers it, and guards little beside a random id and port.
 */
final class LetterCase {
    private LetterCase() {}

    /** Hands a response that has the exchange's question to it. */
    static void deliver(Exchange exchange, Response response, ByteBuf message, long nanos, UpstreamCounters counters) {
        DomainName sent = exchange.query().qname();
        if (ResponseReader.isSameCase(message, sent)) {
            exchange.onResponse(response, nanos);
            return;
        }
        counters.otherCase();
        if (sent.hasUpperCase() && exchange.mindsCase()) {
            exchange.onOtherCase(response, nanos);
        } else {
            exchange.onResponse(response, nanos);
        }
    }
}
