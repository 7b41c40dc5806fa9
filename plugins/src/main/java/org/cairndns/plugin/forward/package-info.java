/**
 * The directive {@code forward}: queries that go to other servers.
 *
 * <pre>
 *   ForwardHandler --(the loop the query is on)--> LoopForwarder --> Forwarding: which upstream, how often, how long
 *                                                                        |
 *                                             LoopUpstream: sockets of one upstream on one loop
 *                                               |-- UdpConnection     several, replaced after a while
 *                                               |-- StreamConnection  TCP or TLS, pipelined
 *                                               '-- DohConnection     HTTP/2, a stream per query
 * </pre>
 *
 * What an event loop uses belongs to it alone, so a query goes out and comes back on the thread that read it, without
 * locks. Shared between loops are only {@link org.cairndns.plugin.forward.Upstream}, which counts failed health checks,
 * and the number of queries under way where it is limited. Upstreams that are host names are looked up by {@link
 * org.cairndns.plugin.forward.UpstreamNames}, which hands every loop a new set when their addresses change.
 */
package org.cairndns.plugin.forward;
