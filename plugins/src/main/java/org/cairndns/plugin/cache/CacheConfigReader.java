package org.cairndns.plugin.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.wire.DomainName;

/** Reader of the {@code cache} directive; one object reads one directive. */
final class CacheConfigReader {
    private static final List<String> PROPERTIES = List.of(
            "success",
            "denial",
            "max_bytes",
            "prefetch",
            "serve_stale",
            "serve_stale_policy",
            "stale_if_error",
            "servfail",
            "disable",
            "keepttl");

    private static final int SUCCESS_TTL = 3600;
    private static final int DENIAL_TTL = 1800;
    private static final int CAPACITY = 10_000;

    /** CoreDNS never keeps fewer: four entries in each of 256 shards. */
    private static final int MIN_CAPACITY = 1024;

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final IntegerBounds ANY_INTEGER = new IntegerBounds(Integer.MIN_VALUE, Integer.MAX_VALUE, CAPACITY);
    private static final IntegerBounds MIN_TTL = new IntegerBounds(0, Integer.MAX_VALUE, 5);
    private static final IntegerBounds AMOUNT = new IntegerBounds(0, Integer.MAX_VALUE, 0);
    private static final IntegerBounds PERCENTAGE = new IntegerBounds(10, 90, 10);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    // RFC 2308 7.1: server failures are kept for at most five minutes.
    private static final DurationBounds SERVFAIL =
            new DurationBounds(Duration.ZERO, FIVE_MINUTES, Duration.ofSeconds(5));
    private static final DurationBounds WINDOW = unbounded(Duration.ofMinutes(1));
    private static final DurationBounds STALE = unbounded(Duration.ofHours(1));
    private static final DurationBounds VERIFY_TIMEOUT = unbounded(Duration.ZERO);
    private static final DurationBounds STALE_TTL =
            new DurationBounds(Duration.ZERO, Duration.ofSeconds(Integer.MAX_VALUE), Duration.ZERO);

    // RFC 8767 5: a maximum stale timer of 1 to 3 days. More than a week is no answer but history.
    private static final DurationBounds STALE_IF_ERROR =
            new DurationBounds(Duration.ofSeconds(1), Duration.ofDays(7), Duration.ofDays(1));
    private static final DurationBounds RECHECK = new DurationBounds(Duration.ZERO, FIVE_MINUTES, Duration.ZERO);

    private final Problems problems;
    private CacheConfig.Limits success = new CacheConfig.Limits(CAPACITY, SUCCESS_TTL, MIN_TTL.standard(), List.of());
    private CacheConfig.Limits denial = new CacheConfig.Limits(CAPACITY, DENIAL_TTL, MIN_TTL.standard(), List.of());
    private CacheConfig.Prefetch prefetch =
            new CacheConfig.Prefetch(0, WINDOW.standard().toNanos(), PERCENTAGE.standard());
    private CacheConfig.ServeStale stale = CacheConfig.ServeStale.OFF;
    private Duration servfail = SERVFAIL.standard();
    private Duration staleIfError = STALE_IF_ERROR.standard();
    private long maxOctets;
    private boolean keepTtl;
    private boolean staleGiven;
    private boolean preferPositive;

    private CacheConfigReader(Problems problems) {
        this.problems = problems;
    }

    /** The configuration of a block's directive; what is wrong goes to {@code problems}. */
    static CacheConfig read(List<Directive> occurrences, ServerBlock block, Problems problems) {
        for (Directive again : occurrences.subList(1, occurrences.size())) {
            problems.add(again.position(), "'cache' may be given once per server block, got another");
        }
        return new CacheConfigReader(problems).read(new OptionReader(occurrences.getFirst(), problems), block);
    }

    private CacheConfig read(OptionReader option, ServerBlock block) {
        List<Token> zones = option.args();
        if (!zones.isEmpty() && INTEGER.matcher(zones.getFirst().text()).matches()) {
            success = withTtl(success, option.integer(0, ttl(SUCCESS_TTL)));
            denial = withTtl(denial, option.integer(0, ttl(DENIAL_TTL)));
            zones = zones.subList(1, zones.size());
        }
        option.properties(PROPERTIES).forEach(this::property);
        if (preferPositive && !staleGiven) {
            option.fail("'serve_stale_policy' needs 'serve_stale' in the same block");
        }
        List<String> origins = ZoneNames.parseZoneArguments(zones, block, problems);
        return new CacheConfig(
                origins,
                success,
                denial,
                (int) servfail.toSeconds(),
                prefetch,
                staleConfig(),
                staleIfError.toSeconds(),
                maxOctets,
                keepTtl);
    }

    private CacheConfig.ServeStale staleConfig() {
        return new CacheConfig.ServeStale(
                stale.durationSeconds(),
                stale.verify(),
                stale.verifyTimeoutNanos(),
                stale.ttlSeconds(),
                stale.recheckNanos(),
                preferPositive);
    }

    private void property(OptionReader property) {
        switch (property.name()) {
            case "success" -> success = limits(property, success);
            case "denial" -> denial = limits(property, denial);
            case "max_bytes" -> maxOctets = property.octets(CacheConfig.MIN_OCTETS, maxOctets);
            case "prefetch" -> prefetch = prefetch(property);
            case "serve_stale" -> serveStale(property);
            case "serve_stale_policy" -> policy(property);
            case "stale_if_error" -> staleIfError = staleIfError(property);
            case "servfail" -> servfail = property.duration(SERVFAIL);
            case "disable" -> disable(property);
            default -> keepTtl |= property.hasArgs(0);
        }
    }

    private CacheConfig.Limits limits(OptionReader option, CacheConfig.Limits before) {
        int count = option.args().size();
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return before;
        }
        if (count > 3) {
            problems.warn(
                    option.args().get(3).position(),
                    "'" + option.name() + "' reads capacity, TTL and minimum TTL, the rest of the line is ignored");
        }
        return new CacheConfig.Limits(
                Math.max(MIN_CAPACITY, option.integer(0, ANY_INTEGER)),
                count > 1 ? option.integer(1, ttl(before.maxTtlSeconds())) : before.maxTtlSeconds(),
                count > 2 ? option.integer(2, MIN_TTL) : before.minTtlSeconds(),
                before.disabledZones());
    }

    private CacheConfig.Prefetch prefetch(OptionReader option) {
        int count = option.args().size();
        if (!option.hasArgs(1, 3)) {
            return prefetch;
        }
        return new CacheConfig.Prefetch(
                option.integer(0, AMOUNT),
                count > 1 ? option.duration(1, WINDOW).toNanos() : prefetch.windowNanos(),
                count > 2 ? option.percentage(2, PERCENTAGE) : prefetch.percentage());
    }

    private void serveStale(OptionReader option) {
        staleGiven = true;
        int count = option.args().size();
        boolean verify = count > 1
                && option.args().get(1).text().toLowerCase(Locale.ROOT).equals("verify");
        if (!option.hasArgs(0, verify ? 5 : 4)) {
            return;
        }
        if (count > 1 && !verify) {
            lowerCaseWord(option, 1, "immediate", "verify");
        }
        int ttlIndex = verify ? 3 : 2;
        Duration ttl = count > ttlIndex ? option.duration(ttlIndex, STALE_TTL) : Duration.ZERO;
        if (ttl.toNanos() % 1_000_000_000 != 0) {
            problems.add(
                    option.args().get(ttlIndex).position(),
                    "bad value for 'serve_stale', expected a TTL of whole seconds, got '"
                            + option.args().get(ttlIndex).text() + "'");
        }
        stale = new CacheConfig.ServeStale(
                (count > 0 ? option.duration(0, STALE) : STALE.standard()).toSeconds(),
                verify,
                verify && count > 2 ? option.duration(2, VERIFY_TIMEOUT).toNanos() : 0,
                (int) ttl.toSeconds(),
                count > ttlIndex + 1 ? option.duration(ttlIndex + 1, RECHECK).toNanos() : 0,
                false);
    }

    private static Duration staleIfError(OptionReader option) {
        boolean off = option.args().size() == 1
                && option.args().getFirst().text().toLowerCase(Locale.ROOT).equals("off");
        return off ? Duration.ZERO : option.duration(STALE_IF_ERROR);
    }

    private void policy(OptionReader option) {
        if (preferPositive) {
            option.fail("'serve_stale_policy' may be given once, got another");
        }
        preferPositive |= option.hasArgs(1) && lowerCaseWord(option, 0, "prefer_positive");
    }

    private boolean lowerCaseWord(OptionReader option, int index, String... words) {
        Token token = option.args().get(index);
        boolean known = List.of(words).contains(token.text().toLowerCase(Locale.ROOT));
        if (!known) {
            problems.add(
                    token.position(),
                    "bad value for '" + option.name() + "', expected " + String.join(" or ", words) + ", got '"
                            + token.text() + "'");
        }
        return known;
    }

    private void disable(OptionReader option) {
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return;
        }
        List<Token> args = option.args().subList(1, option.args().size());
        List<DomainName> zones = args.isEmpty()
                ? List.of(DomainName.ROOT)
                : ZoneNames.parseZones(args, problems).stream()
                        .map(DomainName::of)
                        .toList();
        if (option.word(0, List.of("success", "denial")).equals("denial")) {
            denial = withDisabled(denial, zones);
        } else {
            success = withDisabled(success, zones);
        }
    }

    private static CacheConfig.Limits withTtl(CacheConfig.Limits limits, int maxTtlSeconds) {
        return new CacheConfig.Limits(limits.capacity(), maxTtlSeconds, limits.minTtlSeconds(), limits.disabledZones());
    }

    private static CacheConfig.Limits withDisabled(CacheConfig.Limits limits, List<DomainName> zones) {
        return new CacheConfig.Limits(limits.capacity(), limits.maxTtlSeconds(), limits.minTtlSeconds(), zones);
    }

    private static IntegerBounds ttl(int standard) {
        return new IntegerBounds(1, Integer.MAX_VALUE, standard);
    }

    private static DurationBounds unbounded(Duration standard) {
        return new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, standard);
    }
}
