package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;

/** Reader of the {@code forward} directive; one object reads one directive. */
final class ForwardConfigReader {
    private static final List<String> PROPERTIES = List.of(
            "except",
            "force_tcp",
            "prefer_udp",
            "expire",
            "max_age",
            "max_idle_conns",
            "max_fails",
            "max_connect_attempts",
            "tls",
            "tls_servername",
            "policy",
            "health_check",
            "max_concurrent",
            "read_timeout",
            "budget",
            "hedge",
            "source_address",
            "resolver",
            "doh_method",
            "next",
            "next_on_nodata",
            "failover",
            "failfast_all_unhealthy_upstreams");

    private static final List<String> METHODS = List.of("POST", "GET");
    private static final List<String> POLICIES = List.of("random", "round_robin", "sequential", "latency");
    private static final DurationBounds EXPIRE = unbounded(Duration.ZERO, Duration.ofSeconds(10));
    private static final DurationBounds MAX_AGE = unbounded(Duration.ZERO, Duration.ZERO);
    private static final IntegerBounds COUNT = new IntegerBounds(0, Integer.MAX_VALUE, 0);

    private final BlockContext context;
    private final Problems problems;
    private final List<DomainName> except = new ArrayList<>();
    private boolean forceTcp;
    private boolean preferUdp;
    private Duration expire = EXPIRE.standard();
    private Duration maxAge = MAX_AGE.standard();
    private int maxIdle;
    private final HealthCheckReader checks;
    private OptionalLong maxAttempts = OptionalLong.empty();
    private ForwardConfig.TlsFiles tls = ForwardConfig.TlsFiles.NONE;
    private String serverName = "";
    private Policy policy = Policy.RANDOM;
    private int maxConcurrent;
    private final PatienceReader patience = new PatienceReader();
    private Optional<InetAddress> source = Optional.empty();
    private List<UpstreamAddress> resolvers = List.of();
    private DohMethod dohMethod = DohMethod.POST;
    private int nextRcodes;
    private int failoverRcodes;
    private boolean nextOnNodata;
    private boolean failFast;

    private ForwardConfigReader(BlockContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
        this.checks = new HealthCheckReader(problems);
    }

    /**
     * The configuration of a directive, empty if it has no zone or no upstream; what is wrong goes to {@code problems}.
     * Reads the files that list upstreams.
     */
    static Optional<ForwardConfig> read(Directive directive, BlockContext context, Problems problems) {
        return new ForwardConfigReader(context, problems).read(new OptionReader(directive, problems));
    }

    private Optional<ForwardConfig> read(OptionReader option) {
        int count = option.args().size();
        if (count < 2) {
            option.fail("wrong number of arguments for 'forward', expected a zone and its upstreams, such as"
                    + " 'forward . 192.0.2.53', got " + count);
            return Optional.empty();
        }
        Optional<DomainName> from = from(option.args().getFirst());
        option.properties(PROPERTIES).forEach(this::property);
        if (!maxAge.isZero() && maxAge.compareTo(expire) < 0) {
            option.fail("'max_age' must not be less than 'expire', expected at least " + seconds(expire) + ", got "
                    + seconds(maxAge));
        }
        List<Token> to = option.args().subList(1, option.args().size());
        // As in CoreDNS, 'root' moves the files of 'tls' but not those that list upstreams.
        List<UpstreamTarget> upstreams =
                named(UpstreamReader.read(to, context.server().directory(), problems), option);
        if (from.isEmpty() || upstreams.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(config(from.get(), upstreams));
    }

    private ForwardConfig config(DomainName from, List<UpstreamTarget> upstreams) {
        return new ForwardConfig(
                from,
                except,
                upstreams,
                resolvers,
                new ForwardConfig.Transports(forceTcp, preferUdp, source, tls, dohMethod),
                new ForwardConfig.Connections(expire.toNanos(), maxAge.toNanos(), maxIdle),
                new ForwardConfig.Attempts(policy, maxAttempts, patience.patience(policy), maxConcurrent, failFast),
                checks.healthCheck(),
                new ForwardConfig.Rcodes(failoverRcodes, nextRcodes, nextOnNodata));
    }

    private Optional<DomainName> from(Token token) {
        int before = problems.list().size();
        Problems quiet =
                new Problems(warning -> problems.add(token.position(), "bad zone for 'forward', " + warning.message()));
        List<String> zones = ZoneNames.parseZones(List.of(token), quiet);
        if (zones.size() > 1) {
            problems.warn(
                    token.position(),
                    "'" + token.text() + "' stands for " + zones.size() + " zones, 'forward' takes the first one, "
                            + zones.getFirst());
        }
        return zones.isEmpty() || problems.list().size() > before
                ? Optional.empty()
                : Optional.of(DomainName.of(zones.getFirst()));
    }

    private List<UpstreamTarget> named(List<UpstreamTarget> upstreams, OptionReader option) {
        if (serverName.isEmpty()) {
            return upstreams;
        }
        List<UpstreamTarget> named = new ArrayList<>();
        for (UpstreamTarget upstream : upstreams) {
            if (upstream.scheme() == Scheme.TLS && isNamed(upstream)) {
                option.fail("server name of " + upstream.label() + " given twice, as 'tls_servername " + serverName
                        + "' and as '%" + upstream.serverName() + "'");
            }
            named.add(upstream.scheme() == Scheme.DNS ? upstream : upstream.withServerName(serverName));
        }
        return named;
    }

    /** True if the upstream has a server name besides the host name that it is given by. */
    private static boolean isNamed(UpstreamTarget upstream) {
        return !upstream.serverName().isEmpty() && !(upstream instanceof UpstreamHost host && host.isNamedByHost());
    }

    private void property(OptionReader property) {
        switch (property.name()) {
            case "except" -> except(property);
            case "force_tcp" -> forceTcp |= property.hasArgs(0);
            case "prefer_udp" -> preferUdp |= property.hasArgs(0);
            case "expire" -> expire = property.duration(EXPIRE);
            case "max_age" -> maxAge = property.duration(MAX_AGE);
            case "max_idle_conns" -> maxIdle = property.integer(COUNT);
            case "max_fails" -> checks.maxFails(property);
            case "max_connect_attempts" -> maxAttempts = OptionalLong.of(property.unsigned32(0));
            case "tls" -> tls(property);
            case "tls_servername" -> serverName(property);
            case "policy" -> policy = Policy.values()[POLICIES.indexOf(property.word(POLICIES))];
            case "health_check" -> checks.healthCheck(property);
            case "max_concurrent" -> maxConcurrent = property.integer(COUNT);
            case "read_timeout" -> patience.readTimeout(property);
            case "budget" -> patience.budget(property);
            case "hedge" -> patience.hedge(property);
            case "source_address" -> source = property.hasArgs(1) ? property.ip(0) : Optional.empty();
            case "next" -> nextRcodes |= rcodes(property, true);
            case "next_on_nodata" -> nextOnNodata |= property.hasArgs(0);
            case "failover" -> failoverRcodes |= rcodes(property, false);
            case "failfast_all_unhealthy_upstreams" -> failFast |= property.hasArgs(0);
            case "resolver" -> resolvers(property);
            case "doh_method" -> dohMethod = DohMethod.valueOf(property.word(METHODS));
            default -> throw new AssertionError(property.name());
        }
    }

    private void resolvers(OptionReader property) {
        if (!property.hasArgs(1, Integer.MAX_VALUE)) {
            return;
        }
        resolvers = new ArrayList<>();
        for (int i = 0; i < property.args().size(); i++) {
            property.ipAndPort(i, Scheme.DNS.defaultPort()).ifPresent(hostPort -> {
                InetAddress address = hostPort.address().orElseThrow();
                resolvers.add(new UpstreamAddress(new InetSocketAddress(address, hostPort.port()), Scheme.DNS, ""));
            });
        }
    }

    private void except(OptionReader property) {
        if (property.hasArgs(1, Integer.MAX_VALUE)) {
            ZoneNames.parseZones(property.args(), problems).stream()
                    .map(DomainName::of)
                    .forEach(except::add);
        }
    }

    private void tls(OptionReader property) {
        if (!property.hasArgs(0, 3)) {
            return;
        }
        List<Path> files = property.args().stream()
                .map(token -> context.directory().resolve(token.text()))
                .toList();
        tls = switch (files.size()) {
            case 0 -> ForwardConfig.TlsFiles.NONE;
            case 1 -> new ForwardConfig.TlsFiles(Optional.empty(), Optional.empty(), Optional.of(files.getFirst()));
            default ->
                new ForwardConfig.TlsFiles(
                        Optional.of(files.get(0)),
                        Optional.of(files.get(1)),
                        files.stream().skip(2).findFirst());
        };
    }

    private void serverName(OptionReader property) {
        if (!property.hasArgs(1)) {
            return;
        }
        serverName = property.args().getFirst().text();
        if (!UpstreamReader.isServerName(serverName)) {
            problems.add(
                    property.args().getFirst().position(),
                    "bad value for 'tls_servername', expected a host name, got '" + serverName + "'");
        }
    }

    private int rcodes(OptionReader property, boolean withNoError) {
        int bits = 0;
        if (!property.hasArgs(1, Integer.MAX_VALUE)) {
            return bits;
        }
        for (Token token : property.args()) {
            OptionalInt rcode = Rcode.parse(token.text());
            if (rcode.isEmpty() || !withNoError && rcode.getAsInt() == Rcode.NOERROR) {
                problems.add(
                        token.position(),
                        "bad value for '" + property.name() + "', expected an RCODE such as NXDOMAIN"
                                + (withNoError ? "" : ", not NOERROR") + ", got '" + token.text() + "'");
            } else {
                bits |= 1 << rcode.getAsInt();
            }
        }
        return bits;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + "s";
    }

    private static DurationBounds unbounded(Duration min, Duration standard) {
        return new DurationBounds(min, DurationBounds.UNBOUNDED, standard);
    }
}
