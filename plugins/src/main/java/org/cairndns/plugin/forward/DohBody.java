package org.cairndns.plugin.forward;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;

/** What has come of one HTTP response; for one event loop. */
final class DohBody {
    /** The longest DNS message. */
    static final int MAX_OCTETS = 65_535;

    private static final String MEDIA_TYPE = "application/dns-message";

    private final int exchangeId;
    private ByteBuf content = Unpooled.EMPTY_BUFFER;

    DohBody(int exchangeId) {
        this.exchangeId = exchangeId;
    }

    /** Id of the exchange that waits for it. */
    int exchangeId() {
        return exchangeId;
    }

    /** The octets so far; this object's own until {@link #release}. */
    ByteBuf content() {
        return content;
    }

    /** Takes note of headers; what is wrong with them, or nothing. */
    String headers(Http2Headers headers) {
        CharSequence status = headers.status();
        if (status == null || status.charAt(0) == '1') {
            // Trailers, and responses before the response (RFC 9110 15.2).
            return "";
        }
        // RFC 8484 4.2.1: only a response of class 2xx holds a DNS message, whatever its RCODE.
        if (status.charAt(0) != '2') {
            return "HTTP status " + status;
        }
        CharSequence type = headers.get("content-type");
        boolean right = type != null && type.toString().toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE);
        return right ? "" : "content of type " + type + " instead of " + MEDIA_TYPE;
    }

    /** Adds a copy of the octets; false if there are too many. */
    boolean add(ByteBuf octets) {
        int more = octets.readableBytes();
        if (content.readableBytes() + more > MAX_OCTETS) {
            return false;
        }
        if (content.capacity() == 0) {
            content = octets.alloc().directBuffer(Math.max(more, 1), MAX_OCTETS);
        }
        content.writeBytes(octets);
        return true;
    }

    void release() {
        content.release();
    }
}
