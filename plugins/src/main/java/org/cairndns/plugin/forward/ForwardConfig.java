package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.cairndns.wire.DomainName;

/**
 * What one {@code forward} directive says.
 *
 * @param from names at or below this are forwarded
 * @param except names at or below these are not, {@code from} itself aside
 * @param upstreams at least one, no address twice; at most 64 addresses
 * @param resolvers whom to ask for the addresses of host names; the machine's resolver without any
 */
record ForwardConfig(
        DomainName from,
        List<DomainName> except,
        List<UpstreamTarget> upstreams,
        List<UpstreamAddress> resolvers,
        Transports transports,
        Connections connections,
        Attempts attempts,
        HealthCheck healthCheck,
        Rcodes rcodes) {

    ForwardConfig {
        except = List.copyOf(except);
        upstreams = List.copyOf(upstreams);
        resolvers = List.copyOf(resolvers);
    }

    /** True for a name that this directive forwards. */
    boolean matches(DomainName qname) {
        if (!qname.isAtOrBelow(from)) {
            return false;
        }
        for (int i = 0; i < except.size(); i++) {
            if (qname.isAtOrBelow(except.get(i))) {
                return qname.equals(from);
            }
        }
        return true;
    }

    /**
     * Ways to an upstream.
     *
     * @param forceTcp TCP whatever the client uses; wins over {@code preferUdp}
     * @param preferUdp UDP whatever the client uses, TCP only after a truncated response
     * @param source address that packets leave from
     * @param dohMethod of upstreams over HTTPS
     */
    record Transports(
            boolean forceTcp, boolean preferUdp, Optional<InetAddress> source, TlsFiles tls, DohMethod dohMethod) {}

    /**
     * Certificates for TLS, PEM.
     *
     * @param certificate chain that this server shows, with its key
     * @param authorities whom to trust; those of the Java runtime without it
     */
    record TlsFiles(Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {
        static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

        /** False if one of the files does not exist. Looks at the disk. */
        boolean areThere() {
            return Stream.of(certificate, key, authorities)
                    .flatMap(Optional::stream)
                    .allMatch(Files::exists);
        }
    }

    /**
     * Lifetimes of sockets.
     *
     * @param expireNanos how long one may idle
     * @param maxAgeNanos how long one is used; 0 is unlimited
     * @param maxIdle how many of one kind are kept per upstream and event loop; 0 is unlimited
     */
    record Connections(long expireNanos, long maxAgeNanos, int maxIdle) {}

    /**
     * Choice of upstreams for one query.
     *
     * @param max attempts that may fail, 0 for as many as fit the time; two per upstream if empty
     * @param patience how long to wait for what
     * @param maxConcurrent queries under way, 0 for any number
     * @param failFast true answers SERVFAIL at once while every upstream is down
     */
    record Attempts(Policy policy, OptionalLong max, Patience patience, int maxConcurrent, boolean failFast) {}

    /**
     * Times of one query.
     *
     * @param readTimeoutNanos how long an attempt may take, connecting included
     * @param budgetNanos how long all attempts may take
     * @param hedgePercent queries of 100 that may be sent to a second upstream because the first one is late
     * @param equal true if any upstream is as good as the others; false if later ones are there for when the first fails
     */
    record Patience(long readTimeoutNanos, long budgetNanos, int hedgePercent, boolean equal) {
        static final long READ_TIMEOUT_NANOS = 2_000_000_000L;

        /** Below the 2 s after which the more impatient clients ask again. */
        static final long BUDGET_NANOS = 1_800_000_000L;

        static final int HEDGE_PERCENT = 5;
    }

    /**
     * Checks of an upstream after a failure.
     *
     * @param maxFails failed checks after which an upstream counts as down; 0 for no checks
     * @param intervalNanos time between two checks
     * @param recursionDesired RD bit of the check
     * @param domain whose NS records are asked for
     */
    record HealthCheck(long maxFails, long intervalNanos, boolean recursionDesired, DomainName domain) {}

    /**
     * Responses that are not the last word, by bits of RCODEs 0 to 23.
     *
     * @param failover next upstream
     * @param next next {@code forward} directive of the server block
     * @param nextOnNodata next {@code forward} directive after NOERROR without answer
     */
    record Rcodes(int failover, int next, boolean nextOnNodata) {
        private static final int BITS = 32;

        static boolean has(int bits, int rcode) {
            return rcode < BITS && (bits >>> rcode & 1) != 0;
        }
    }
}
