/**
 * The directive {@code forward}: queries that go to other servers.
 *
 * <pre>
 *   ForwardHandler --(the loop the query is on)--> LoopForwarder --> Forwarding: which upstream, how often, how long
 *                                                                        |
 *                                             LoopUpstream: sockets of one upstream on one loop
 *                                               |-- UdpConnection     several, replaced after a while
 *                                               '-- StreamConnection  TCP or TLS, pipelined
 * </pre>
 *
 * What an event loop uses belongs to it alone, so a query goes out and comes back on the thread that read it, without
 * locks. Shared between loops are only {@link org.cairndns.plugin.forward.Upstream}, which counts failed health checks,
 * and the number of queries under way where it is limited.
 */
package org.cairndns.plugin.forward;
