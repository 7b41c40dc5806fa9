package org.cairndns.server.http;

import java.net.URI;

/**
 * A request, of which its body and its header fields are of no interest here.
 *
 * @param method such as {@code GET}
 * @param uri with a path
 */
public record HttpRequest(String method, URI uri) implements HttpHead {
    /** True if the response is to have no body (RFC 9110 9.3.2). */
    public boolean isForHead() {
        return method.equals("HEAD");
    }
}
