package org.cairndns.server.net;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an HTTP request has its DNS message (RFC 8484 4.1), as its head tells. */
sealed interface DohRequest {
    /** The one path that is served. */
    String PATH = "/dns-query";

    /** The one media type (RFC 8484 6). */
    String MEDIA_TYPE = "application/dns-message";

    /** Parameters of a URI that are looked at; one is used. */
    int MAX_PARAMETERS = 16;

    /** In the URI. */
    record InUri(byte[] message) implements DohRequest {}

    /** In the body that follows. */
    enum InBody implements DohRequest {
        INSTANCE
    }

    /** Nowhere. */
    record Refused(HttpResponseStatus status) implements DohRequest {}

    /** Reads the head of a request. */
    static DohRequest of(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return new Refused(statusOf(request.decoderResult()));
        }
        QueryStringDecoder uri = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        try {
            if (!uri.path().equals(PATH)) {
                return new Refused(HttpResponseStatus.NOT_FOUND);
            }
            if (request.method().equals(HttpMethod.GET)) {
                return inUri(uri.parameters().get("dns"));
            }
        } catch (IllegalArgumentException e) {
            // A path or a parameter with a % that starts no octet.
            return new Refused(HttpResponseStatus.BAD_REQUEST);
        }
        if (!request.method().equals(HttpMethod.POST)) {
            return new Refused(HttpResponseStatus.METHOD_NOT_ALLOWED);
        }
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        return type.strip().equalsIgnoreCase(MEDIA_TYPE)
                ? InBody.INSTANCE
                : new Refused(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE);
    }

    private static HttpResponseStatus statusOf(DecoderResult failure) {
        if (failure.cause() instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        return failure.cause() instanceof TooLongHttpHeaderException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }

    private static DohRequest inUri(@Nullable List<String> values) {
        // RFC 8484 6: base64url, and padding is not to be there.
        if (values == null || values.size() != 1 || values.getFirst().indexOf('=') >= 0) {
            return new Refused(HttpResponseStatus.BAD_REQUEST);
        }
        byte[] message = Base64.getUrlDecoder().decode(values.getFirst());
        return message.length > TcpFrames.MAX_QUERY_OCTETS
                ? new Refused(HttpResponseStatus.REQUEST_URI_TOO_LONG)
                : new InUri(message);
    }
}
