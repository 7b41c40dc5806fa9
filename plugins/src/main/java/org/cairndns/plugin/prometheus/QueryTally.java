package org.cairndns.plugin.prometheus;

import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/**
 * What is counted for a query and the response to it, but for the time that it took.
 *
 * @param series number of the series
 * @param type slot of the query type
 * @param queryOctets size of the query
 * @param dnssecOk true if the client asked for DNSSEC records
 * @param rcode slot of the RCODE of a response that a handler wrote
 * @param responseOctets size of the response
 */
record QueryTally(int series, int type, int queryOctets, boolean dnssecOk, int rcode, int responseOctets) {
    static QueryTally of(int series, Query query, Response response) {
        return new QueryTally(
                series,
                QuerySlots.type(query.qtype()),
                query.sizeOctets(),
                query.edns().dnssecOk(),
                QuerySlots.WRITTEN + QuerySlots.rcode(response.rcode()),
                QueryMetrics.octets(query, response));
    }
}
