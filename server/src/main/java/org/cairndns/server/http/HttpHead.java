package org.cairndns.server.http;

/** What a client sent up to the empty line, or did not. */
sealed interface HttpHead permits HttpRequest, HttpHead.Refused, HttpHead.Absent {
    /**
     * No request that can be answered.
     *
     * @param status what the client is told
     */
    record Refused(int status) implements HttpHead {}

    /** The client went away before. */
    enum Absent implements HttpHead {
        INSTANCE
    }
}
