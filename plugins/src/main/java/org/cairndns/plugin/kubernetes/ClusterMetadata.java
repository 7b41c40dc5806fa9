package org.cairndns.plugin.kubernetes;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.zone.Zones;

/** What the directive tells others: who asks, and what of the cluster a query is about. Any thread. */
final class ClusterMetadata {
    private static final String PREFIX = "kubernetes/";

    private static final String CLIENT_LABEL = "client-label/";

    private final ClusterIndex index;
    private final ClusterZoneOptions options;
    private final Zones zones;

    private ClusterMetadata(ClusterIndex index, ClusterZoneOptions options) {
        this.index = index;
        this.options = options;
        this.zones = new Zones(options.zones());
    }

    /** Registers all labels; the source: CoreDNS plugin/kubernetes. */
    static void provide(Metadata metadata, ClusterIndex index, ClusterZoneOptions options) {
        ClusterMetadata cluster = new ClusterMetadata(index, options);
        if (options.podMode() == PodMode.VERIFIED) {
            cluster.provide(metadata, "client-namespace", cluster.ofClient(PodEntry::namespace));
            cluster.provide(metadata, "client-pod-name", cluster.ofClient(PodEntry::name));
            metadata.provideAll(PREFIX + CLIENT_LABEL, cluster::ofLabel);
        }
        cluster.provide(
                metadata, "parse-error", query -> cluster.question(query).flatMap(ClusterQuestion::error));
        for (ClusterQuestion.Part part : ClusterQuestion.Part.values()) {
            boolean told = switch (part) {
                case CLUSTER -> !options.multiclusterZones().isEmpty();
                case ZONE -> options.zonal();
                case PORT_NAME, PROTOCOL, ENDPOINT, SERVICE, NAMESPACE, KIND -> true;
            };
            if (told) {
                cluster.provide(metadata, part.label(), cluster.ofQuestion(part));
            }
        }
    }

    /** Keys of the pods' labels that a block asks for; empty if it may ask for any. */
    static Optional<Set<String>> podLabels(BlockContext context) {
        Metadata metadata = context.settings().metadata();
        return metadata.isUsed() ? metadata.usedBelow(PREFIX + CLIENT_LABEL) : Optional.of(Set.of());
    }

    private Metadata.Source ofLabel(String key) {
        return query -> index.podAt(query.client().getAddress())
                .flatMap(pod -> Optional.ofNullable(pod.labels().get(key)));
    }

    private void provide(Metadata metadata, String name, Metadata.Source source) {
        metadata.provide(PREFIX + name, source);
    }

    private Metadata.Source ofClient(Function<PodEntry, String> field) {
        return query -> index.podAt(query.client().getAddress()).map(field);
    }

    private Metadata.Source ofQuestion(ClusterQuestion.Part part) {
        return query -> question(query).flatMap(question -> question.text(part));
    }

    private Optional<ClusterQuestion> question(Query query) {
        int zone = zones.closest(query.qname());
        if (zone < 0) {
            return Optional.empty();
        }
        DomainName apex = options.zones().get(zone);
        return Optional.of(ClusterQuestion.of(
                query.qname(), apex, options.multiclusterZones().contains(apex), options.zonal()));
    }
}
