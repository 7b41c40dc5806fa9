/**
 * DNS messages in wire form.
 *
 * <pre>
 *   octets --QueryReader--> Query ----- handlers -----> Response --ResponseWriter--> octets
 *                                        |      ^
 *                                        v      | ResponseBuilder (own data)
 *                                     upstream -+ ResponseReader  (someone else's octets, passed through)
 * </pre>
 *
 * A {@link org.cairndns.wire.Response} keeps its records as the octets that follow the question section, so answering
 * from an index or a cache is a copy, whatever the letter case of the question.
 */
package org.cairndns.wire;
