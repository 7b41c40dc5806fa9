/**
 * The {@code dns64} directive: makes AAAA records of A records for clients that reach IPv4 through a NAT64 (RFC 6147).
 *
 * <pre>
 *   AAAA query --> next handler --> has AAAA, or no such name -----------------------> as it is
 *                                   else --> BlockContext.resolve(A) --> has A ------> A records under the prefix
 *                                                                        has none ---> as it is
 * </pre>
 */
package org.cairndns.plugin.dns64;
