package org.cairndns.plugin.template;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;
import org.cairndns.plugin.spi.BlockSettings;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.template.text.TextTemplate;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Section;

/** Counters of the {@code template} directive. Any thread. */
final class TemplateMetrics {
    private final Counter matches;
    private final Counter templateFailures;
    private final Counter recordFailures;
    private final BlockSettings settings;

    TemplateMetrics(Meters meters, BlockSettings settings) {
        this.settings = settings;
        this.matches = meters.counter(
                "coredns_template_matches_total",
                "Counter of template regex matches.",
                "server",
                "zone",
                "view",
                "class",
                "type");
        this.templateFailures =
                failures(meters, "coredns_template_template_failures_total", "Counter of go template failures.");
        this.recordFailures = failures(meters, "coredns_template_rr_failures_total", "Counter of mis-templated RRs.");
    }

    private static Counter failures(Meters meters, String name, String help) {
        return meters.counter(name, help, "server", "zone", "view", "class", "type", "section", "template");
    }

    void countMatch(Match match) {
        matches.labelValues(server(match), match.zone(), settings.view(), dnsClass(match), type(match))
                .inc();
    }

    void countTemplateFailure(Match match, Section section, TextTemplate template) {
        countFailure(templateFailures, match, section, template);
    }

    void countRecordFailure(Match match, Section section, TextTemplate template) {
        countFailure(recordFailures, match, section, template);
    }

    private void countFailure(Counter counter, Match match, Section section, TextTemplate template) {
        counter.labelValues(
                        server(match),
                        match.zone(),
                        settings.view(),
                        dnsClass(match),
                        type(match),
                        section.name().toLowerCase(Locale.ROOT),
                        template.source())
                .inc();
    }

    private static String server(Match match) {
        return match.query().listener().server();
    }

    /** Empty for a class without a name, of which clients could send thousands. */
    private static String dnsClass(Match match) {
        String text = DnsClass.text(match.dnsClass());
        return DnsClass.parse(text).isPresent() ? text : "";
    }

    /** Empty for a type without a name. */
    private static String type(Match match) {
        String text = RecordType.text(match.type());
        return RecordType.parse(text).isPresent() ? text : "";
    }
}
