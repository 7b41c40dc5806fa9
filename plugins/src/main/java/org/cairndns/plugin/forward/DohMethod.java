package org.cairndns.plugin.forward;

/** HTTP method of queries over HTTPS (RFC 8484 4.1). */
enum DohMethod {
    /** The query is the request's body. */
    POST,
    /** The query is in the URL, where caches on the way see it. */
    GET
}
