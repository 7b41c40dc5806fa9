package org.cairndns.server.http;

import java.io.IOException;

/** What answers requests; each on a thread of its own, which may block. */
@FunctionalInterface
public interface HttpService {
    /**
     * Answers a request by sending one response.
     *
     * @throws IOException if the client does not take it
     */
    void serve(HttpRequest request, HttpReply reply) throws IOException;
}
