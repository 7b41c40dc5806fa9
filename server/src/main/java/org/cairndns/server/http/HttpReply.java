package org.cairndns.server.http;

import java.io.IOException;
import java.util.Map;

/** The way back to who sent a request. */
public interface HttpReply {
    /**
     * Sends the response, once.
     *
     * @param status such as 200
     * @param headers by name, besides those that are about the connection and the length
     * @param body of no octets for none
     * @throws IOException if the client does not take it in time
     */
    void send(int status, Map<String, String> headers, byte[] body) throws IOException;
}
