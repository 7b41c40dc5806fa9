package org.cairndns.plugin.log;

import java.util.Optional;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/**
 * A query with what became of it.
 *
 * @param response what the client gets, of several messages the last; empty if it gets nothing
 * @param octetsBefore size of the messages before the response
 * @param nanos time that the reply took
 */
record Exchange(Query query, Optional<Response> response, long octetsBefore, long nanos) {}
