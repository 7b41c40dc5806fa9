package org.cairndns.plugin.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.ExternalZoneOptions;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.SuffixTable;

/**
 * The directive {@code k8s_external}: zones made of the external addresses of the services that {@code kubernetes} of
 * the same server block reads.
 */
public final class ExternalPlugin implements Plugin {
    private static final IntegerBounds TTL =
            new IntegerBounds(0, ExternalZoneOptions.MAX_TTL_SECONDS, ExternalZoneOptions.DEFAULT_TTL_SECONDS);
    private static final List<String> PROPERTIES = List.of("apex", "ttl", "headless", "fallthrough");

    @Override
    public String name() {
        return "k8s_external";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        String apex = ExternalZoneOptions.DEFAULT_APEX_LABEL;
        int ttlSeconds = ExternalZoneOptions.DEFAULT_TTL_SECONDS;
        boolean headless = false;
        TreeMap<DomainName, Boolean> fallthrough = new TreeMap<>();
        for (OptionReader property : option.properties(PROPERTIES)) {
            property.noBlock();
            switch (property.name()) {
                case "apex" -> apex = property.hasArgs(1) ? label(property) : apex;
                case "ttl" -> ttlSeconds = property.integer(TTL);
                case "headless" -> headless |= property.hasArgs(0);
                default -> property.fallthroughZones().forEach(zone -> fallthrough.put(DomainName.of(zone), true));
            }
        }
        List<DomainName> zones = ZoneNames.parseZoneArguments(option.args(), context.block(), problems).stream()
                .map(DomainName::of)
                .toList();
        if (context.block().directives().stream()
                .noneMatch(directive -> directive.name().text().equals("kubernetes"))) {
            option.fail("'k8s_external' needs the directive 'kubernetes' in the same server block, got none");
            return;
        }
        ExternalZoneOptions options = new ExternalZoneOptions(zones, apex, ttlSeconds, headless);
        SuffixTable<Boolean> fallsThrough = new SuffixTable<>(fallthrough);
        context.settings().want(ClusterZone.class);
        context.handler(next -> handler(options, fallsThrough, context, next));
    }

    private static Handler handler(
            ExternalZoneOptions options, SuffixTable<Boolean> fallthrough, BlockContext context, Handler next) {
        Optional<ClusterZone> cluster = context.settings().offered(ClusterZone.class);
        // Without a cluster its directive has a fault, and this block never answers.
        return cluster.<Handler>map(
                        zone -> new KubernetesHandler(zone.external(options), fallthrough, context::resolve, next))
                .orElse(next);
    }

    private static String label(OptionReader property) {
        Token token = property.args().getFirst();
        if (isLabel(token.text())) {
            return token.text();
        }
        property.problems()
                .add(
                        token.position(),
                        "bad value for 'apex', expected one label such as 'dns', got '" + token.text() + "'");
        return ExternalZoneOptions.DEFAULT_APEX_LABEL;
    }

    private static boolean isLabel(String text) {
        try {
            return !text.endsWith(".") && DomainName.of(text).labelCount() == 1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
