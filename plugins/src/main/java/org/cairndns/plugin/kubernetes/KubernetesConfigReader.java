package org.cairndns.plugin.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.ReverseName;

/** Reader of the {@code kubernetes} directive; one object reads one directive. */
final class KubernetesConfigReader {
    private static final List<String> PROPERTIES = List.of(
            "endpoint",
            "tls",
            "kubeconfig",
            "manifests",
            "apiserver_qps",
            "apiserver_burst",
            "apiserver_max_inflight",
            "namespaces",
            "namespace_labels",
            "labels",
            "pods",
            "endpoint_pod_names",
            "ttl",
            "noendpoints",
            "ignore",
            "fallthrough",
            "multicluster",
            "zonal",
            "startup_timeout",
            "audit",
            "snapshot");

    private static final IntegerBounds TTL =
            new IntegerBounds(0, ClusterZoneOptions.MAX_TTL_SECONDS, ClusterZoneOptions.DEFAULT_TTL_SECONDS);
    private static final IntegerBounds LIMIT = new IntegerBounds(0, Integer.MAX_VALUE, 0);
    private static final DurationBounds STARTUP_TIMEOUT =
            new DurationBounds(Duration.ofMillis(1), DurationBounds.UNBOUNDED, Duration.ofSeconds(5));
    private static final DurationBounds AUDIT =
            new DurationBounds(Duration.ofSeconds(1), Duration.ofHours(24), SourceSettings.DEFAULT_AUDIT);
    private static final List<String> POD_MODES = List.of("disabled", "insecure", "verified");
    private static final String EMPTY_SERVICE = "empty_service";

    private final Problems problems;
    private final AccessReader access;
    private final Set<String> namespaces = new HashSet<>();
    private String labels = "";
    private String namespaceLabels = "";
    private PodMode podMode = PodMode.DISABLED;
    private int ttlSeconds = TTL.standard();
    private Duration startupTimeout = STARTUP_TIMEOUT.standard();
    private List<DomainName> fallthroughZones = List.of();
    private List<Token> multiclusterZones = List.of();
    private Duration audit = AUDIT.standard();
    private Optional<OptionReader> snapshot = Optional.empty();
    private boolean endpointPodNames;
    private boolean noEndpoints;
    private boolean zonal;
    private boolean ignoreEmptyService;

    private KubernetesConfigReader(Path directory, Problems problems) {
        this.problems = problems;
        this.access = new AccessReader(directory, problems);
    }

    /** The configuration of a block's directive; empty where what is wrong leaves none. */
    static Optional<KubernetesConfig> read(List<Directive> occurrences, BlockContext context, Problems problems) {
        for (Directive again : occurrences.subList(1, occurrences.size())) {
            problems.add(again.position(), "'kubernetes' may be given once per server block, got another");
        }
        Directive directive = occurrences.getFirst();
        KubernetesConfigReader reader =
                new KubernetesConfigReader(context.server().directory(), problems);
        return reader.read(new OptionReader(directive, problems), context);
    }

    private Optional<KubernetesConfig> read(OptionReader option, BlockContext context) {
        option.properties(PROPERTIES).forEach(this::property);
        if (!namespaces.isEmpty() && !namespaceLabels.isEmpty()) {
            option.fail("'namespaces' and 'namespace_labels' exclude each other, got both");
        }
        if (zonal && noEndpoints) {
            option.fail("'zonal' and 'noendpoints' exclude each other, got both");
        }
        AccessReader.Access from = access.result(option, !labels.isEmpty() || !namespaceLabels.isEmpty());
        List<DomainName> zones = ZoneNames.parseZoneArguments(option.args(), context.block(), problems).stream()
                .map(DomainName::of)
                .toList();
        if (zones.stream().allMatch(ReverseName::isReverseZone)) {
            option.fail("'kubernetes' needs a zone that is not a reverse zone, such as cluster.local, got "
                    + (zones.isEmpty() ? "none" : zones));
            return Optional.empty();
        }
        try {
            ClusterZoneOptions options =
                    zoneOptions(zones).withZonal(zonal).withMulticlusterZones(multiclusterZones(zones));
            SourceSettings source =
                    new SourceSettings(from.access(), kinds(options), kept(context), labels, namespaceLabels, audit);
            return Optional.of(new KubernetesConfig(
                    options, source, snapshot(from.access()), from.position(), fallthroughZones, startupTimeout));
        } catch (IllegalArgumentException e) {
            option.fail("'kubernetes': " + e.getMessage());
            return Optional.empty();
        }
    }

    private ClusterZoneOptions zoneOptions(List<DomainName> zones) {
        int negativeTtlSeconds = Math.min(ttlSeconds, ClusterZoneOptions.DEFAULT_NEGATIVE_TTL_SECONDS);
        return new ClusterZoneOptions(
                zones, ttlSeconds, negativeTtlSeconds, podMode, namespaces, ignoreEmptyService, endpointPodNames);
    }

    private Set<DomainName> multiclusterZones(List<DomainName> zones) {
        List<DomainName> possible =
                zones.stream().filter(zone -> !ReverseName.isReverseZone(zone)).toList();
        Set<DomainName> some = new HashSet<>();
        for (Token arg : multiclusterZones) {
            for (String zone : ZoneNames.parseZones(List.of(arg), problems)) {
                if (possible.contains(DomainName.of(zone))) {
                    some.add(DomainName.of(zone));
                } else {
                    problems.add(
                            arg.position(),
                            "bad value for 'multicluster', expected zones of this 'kubernetes' that are no reverse"
                                    + " zones: " + possible + ", got '" + arg.text() + "'");
                }
            }
        }
        return some;
    }

    private Set<ObjectKind> kinds(ClusterZoneOptions options) {
        Set<ObjectKind> kinds = EnumSet.of(ObjectKind.NAMESPACE, ObjectKind.SERVICE);
        if (!options.multiclusterZones().isEmpty()) {
            kinds.add(ObjectKind.SERVICE_IMPORT);
        }
        if (!noEndpoints) {
            kinds.add(ObjectKind.ENDPOINT_SLICE);
        }
        if (podMode == PodMode.VERIFIED) {
            kinds.add(ObjectKind.POD);
        }
        return kinds;
    }

    private void property(OptionReader property) {
        property.noBlock();
        switch (property.name()) {
            case "namespaces" -> namespaces(property);
            case "namespace_labels" -> namespaceLabels = selector(property);
            case "labels" -> labels = selector(property);
            case "pods" -> podMode = podMode(property);
            case "endpoint_pod_names" -> endpointPodNames |= property.hasArgs(0);
            case "ttl" -> ttlSeconds = firstOf(property) ? property.integer(0, TTL) : ttlSeconds;
            case "zonal" -> zonal |= property.hasArgs(0);
            case "noendpoints" -> noEndpoints |= property.hasArgs(0);
            case "ignore" -> ignore(property);
            case "fallthrough" ->
                fallthroughZones =
                        property.fallthroughZones().stream().map(DomainName::of).toList();
            case "multicluster" -> multicluster(property);
            case "startup_timeout" ->
                startupTimeout = firstOf(property) ? property.duration(0, STARTUP_TIMEOUT) : startupTimeout;
            case "audit" -> audit = audit(property);
            case "snapshot" -> snapshot = property.hasArgs(1) ? Optional.of(property) : snapshot;
            case "apiserver_qps" -> withoutEffect(property, property.decimal(0, 0));
            case "apiserver_burst", "apiserver_max_inflight" -> withoutEffect(property, property.integer(LIMIT));
            default -> access.property(property);
        }
    }

    private KeptFields kept(BlockContext context) {
        // Without an answer any label may be asked for, as by a template.
        Optional<Set<String>> podLabels =
                podMode == PodMode.VERIFIED ? ClusterMetadata.podLabels(context) : Optional.of(Set.of());
        return new KeptFields(
                endpointPodNames,
                zonal,
                context.settings().isWanted(ClusterZone.class),
                new KeptFields.PodLabels(podLabels.isEmpty(), podLabels.orElse(Set.of())));
    }

    private void namespaces(OptionReader option) {
        if (option.hasArgs(1, Integer.MAX_VALUE)) {
            namespaces.addAll(option.directive().argTexts());
        }
    }

    private String selector(OptionReader option) {
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return "";
        }
        String selector = String.join(" ", option.directive().argTexts());
        if (!LabelSelectors.isValid(selector)) {
            problems.add(
                    option.args().getFirst().position(),
                    "bad value for '" + option.name()
                            + "', expected a label selector such as app=web or env in (test, live), got '" + selector
                            + "'");
        }
        return selector;
    }

    private PodMode podMode(OptionReader option) {
        return switch (option.word(POD_MODES)) {
            case "insecure" -> PodMode.INSECURE;
            case "verified" -> PodMode.VERIFIED;
            default -> PodMode.DISABLED;
        };
    }

    private Duration audit(OptionReader option) {
        if (!option.hasArgs(1)) {
            return audit;
        }
        return option.args().getFirst().text().equals("off") ? Duration.ZERO : option.duration(0, AUDIT);
    }

    private Optional<KubernetesConfig.SnapshotOption> snapshot(ClusterAccess from) {
        snapshot.filter(option -> from instanceof ClusterAccess.Manifests)
                .ifPresent(
                        option -> option.fail(
                                "'manifests' and 'snapshot' exclude each other, as the manifests are there at each start; got both"));
        return snapshot.map(option -> new KubernetesConfig.SnapshotOption(access.path(option, 0), option.position()));
    }

    private void ignore(OptionReader option) {
        if (option.args().isEmpty()) {
            problems.warn(option.position(), "'ignore' without 'empty_service' has no effect");
        } else if (firstOf(option)) {
            ignoreEmptyService |= option.word(0, List.of(EMPTY_SERVICE)).equals(EMPTY_SERVICE);
        }
    }

    private void multicluster(OptionReader option) {
        multiclusterZones = option.args();
        if (multiclusterZones.isEmpty()) {
            problems.warn(option.position(), "'multicluster' without zones has no effect");
        }
    }

    /** True if there is an argument; CoreDNS ignores those behind it. */
    private boolean firstOf(OptionReader option) {
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return false;
        }
        if (option.args().size() > 1) {
            Token second = option.args().get(1);
            problems.warn(second.position(), "'" + option.name() + "' reads one value, the rest is ignored");
        }
        return true;
    }

    private void withoutEffect(OptionReader option, double limit) {
        if (limit > 0) {
            problems.warn(
                    option.position(),
                    "'" + option.name() + "' has no effect: there is one request at a time for each kind of object");
        }
    }
}
