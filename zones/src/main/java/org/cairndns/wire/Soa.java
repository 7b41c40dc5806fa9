package org.cairndns.wire;

/**
 * RDATA of an SOA record (RFC 1035 3.3.13).
 *
 * @param primary MNAME
 * @param mailbox RNAME
 * @param serial 0..2^32-1
 * @param minimumSeconds TTL of negative responses (RFC 2308 4)
 */
public record Soa(
        DomainName primary,
        DomainName mailbox,
        long serial,
        int refreshSeconds,
        int retrySeconds,
        int expireSeconds,
        int minimumSeconds) {}
