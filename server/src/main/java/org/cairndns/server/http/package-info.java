/**
 * HTTP/1.1 for probes, scrapes and the few pages for people.
 *
 * <pre>
 *   HttpListener -> HttpConnections (who gives way where there is no room) -> HttpConnection -> HttpHead -> {@link
 *   org.cairndns.server.http.HttpService} -> HttpConnection
 * </pre>
 *
 * A connection is one request on one virtual thread. Not the server of the JDK: its handlers see a client first when its request is
 * whole, so that clients who send half of one cannot be told from a probe that comes after them, and it holds 25 kB for each.
 */
@NullMarked
package org.cairndns.server.http;

import org.jspecify.annotations.NullMarked;
