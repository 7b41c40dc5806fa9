/**
 * The {@code cache} directive, which acts at two places of the chain.
 *
 * <pre>
 *   query --> TtlLimitHandler --> ... hosts, kubernetes, file ... --> CacheHandler --> loop --> forward
 *              limits TTLs of        live data, asked on               keeps upstream answers
 *              live answers          every query                       until their TTL is over
 * </pre>
 *
 * What is live is never kept, so an answer about the cluster is never older than the last watch event.
 */
package org.cairndns.plugin.cache;
