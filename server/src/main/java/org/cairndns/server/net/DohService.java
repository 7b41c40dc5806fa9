package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseKind;
import org.cairndns.wire.ResponseTtls;

/**
 * What the requests of one HTTP connection are answered with.
 *
 * @param client who is connected; a proxy's {@code X-Forwarded-For} is not trusted, for anyone may write it
 */
record DohService(QueryRunner runner, ListenerInfo listener, InetSocketAddress client, Clock clock) {
    private static final int MAX_AGE_SECONDS = 3600;

    /** For failures, and for responses without records. */
    private static final int SHORT_AGE_SECONDS = 5;

    /** Counts a response that is about to leave. */
    void count(HttpResponseStatus status) {
        runner.metrics().httpsResponded(listener.server(), status.code());
    }

    /** Writes a reply; false if there is none to send. */
    boolean write(Query query, Reply reply, ByteBuf out) {
        return runner.write(query, reply, out);
    }

    /**
     * Seconds that HTTP caches may keep a reply: RFC 8484 5.1 allows the smallest TTL of the answer at most.
     *
     * <p>Source of the other cases: CoreDNS plugin/pkg/dnsutil.
     */
    int maxAgeSeconds(Query query, Reply reply) {
        if (reply instanceof Reply.Failed failed && failed.rcode() == Rcode.BADVERS) {
            return 0;
        }
        if (!(reply instanceof Reply.Answered answered)) {
            return SHORT_AGE_SECONDS;
        }
        Response response = answered.response();
        int leastSeconds = ResponseTtls.minSeconds(response);
        return switch (ResponseKind.of(query, response, clock.instant().getEpochSecond())) {
            case NO_ERROR, NO_DATA, NAME_ERROR ->
                leastSeconds < 0 ? SHORT_AGE_SECONDS : Math.min(leastSeconds, MAX_AGE_SECONDS);
            case DELEGATION, SERVER_ERROR, META, OTHER_ERROR -> SHORT_AGE_SECONDS;
        };
    }
}
