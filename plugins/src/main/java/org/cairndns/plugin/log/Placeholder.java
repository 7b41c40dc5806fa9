package org.cairndns.plugin.log;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.zone.IpAddress;

/** Part of a line that differs from query to query. */
enum Placeholder {
    /** Type asked for. */
    TYPE("{type}"),
    /** Name asked for, in lower case. */
    NAME("{name}"),
    CLASS("{class}"),
    PROTO("{proto}"),
    /** Octets of the query. */
    SIZE("{size}"),
    /** Address of the client, IPv6 in brackets. */
    REMOTE("{remote}"),
    PORT("{port}"),
    /** Address that was asked, IPv6 in brackets. */
    LOCAL("{local}"),
    ID("{>id}"),
    OPCODE("{>opcode}"),
    DO("{>do}"),
    /** Octets that the client takes. */
    BUFSIZE("{>bufsize}"),
    RCODE("{rcode}"),
    /** Octets of the response as sent, of all its messages. */
    RSIZE("{rsize}"),
    /** Header flags of the response as sent. */
    RFLAGS("{>rflags}"),
    DURATION("{duration}");

    static final String NOTHING = "-";
    private static final String[] FLAGS = {"qr", "aa", "tc", "rd", "ra", "z", "ad", "cd"};
    private static final int[] FLAG_BITS = {0x8000, 0x400, 0x200, 0x100, 0x80, 0x40, 0x20, 0x10};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String text;

    Placeholder(String text) {
        this.text = text;
    }

    /** How formats spell it. */
    String text() {
        return text;
    }

    /** The placeholder of a spelling. */
    static Optional<Placeholder> of(String text) {
        for (Placeholder placeholder : values()) {
            if (placeholder.text.equals(text)) {
                return Optional.of(placeholder);
            }
        }
        return Optional.empty();
    }

    /** Appends its value to a line. */
    void append(StringBuilder line, Exchange exchange) {
        Query query = exchange.query();
        switch (this) {
            case TYPE -> line.append(RecordType.text(query.qtype()));
            case NAME -> line.append(query.qname().toLowerCase());
            case CLASS -> line.append(DnsClass.text(query.qclass()));
            case PROTO -> line.append(query.listener().transport().label());
            case SIZE -> line.append(query.sizeOctets());
            case REMOTE -> appendHost(line, query.client());
            case PORT -> line.append(query.client().getPort());
            case LOCAL -> appendHost(line, query.listener().localAddress());
            case ID -> line.append(query.id());
            case OPCODE -> line.append(query.flags() >> 11 & 0xf);
            case DO -> line.append(query.edns().dnssecOk());
            case BUFSIZE -> line.append(query.maxResponseOctets());
            case RCODE, RSIZE, RFLAGS -> appendOfResponse(line, exchange);
            case DURATION -> appendSeconds(line, exchange.nanos());
        }
    }

    private void appendOfResponse(StringBuilder line, Exchange exchange) {
        if (exchange.response().isEmpty()) {
            line.append(this == RSIZE ? "0" : NOTHING);
            return;
        }
        Query query = exchange.query();
        Response response = exchange.response().get();
        int maxOctets = query.maxResponseOctets();
        if (this == RCODE) {
            line.append(Rcode.text(response.rcode()));
        } else if (this == RSIZE) {
            line.append(exchange.octetsBefore() + ResponseWriter.octets(query, response, maxOctets));
        } else {
            appendFlags(line, ResponseWriter.flags(query, response, maxOctets));
        }
    }

    private static void appendFlags(StringBuilder line, int flags) {
        for (int i = 0; i < FLAGS.length; i++) {
            if ((flags & FLAG_BITS[i]) != 0) {
                line.append(i == 0 ? "" : ",").append(FLAGS[i]);
            }
        }
    }

    private static void appendHost(StringBuilder line, InetSocketAddress address) {
        IpAddress ip = IpAddress.of(address.getAddress());
        if (ip.isIpv4()) {
            line.append(ip);
        } else {
            line.append('[').append(ip).append(']');
        }
    }

    /** Appends seconds in as few decimals as needed, {@code 0.00012s}. */
    private static void appendSeconds(StringBuilder line, long nanos) {
        line.append(nanos / NANOS_PER_SECOND);
        long rest = nanos % NANOS_PER_SECOND;
        if (rest > 0) {
            line.append('.');
        }
        for (long unit = NANOS_PER_SECOND / 10; rest > 0; unit /= 10) {
            line.append((char) ('0' + rest / unit));
            rest %= unit;
        }
        line.append('s');
    }
}
