package org.cairndns.plugin.template;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>template CLASS TYPE [ZONES...] { ... }</code>; several in a server block are tried in order. */
public final class TemplatePlugin implements Plugin {
    @Override
    public String name() {
        return "template";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        List<Stanza> stanzas = new ArrayList<>();
        for (Directive directive : occurrences) {
            StanzaReader.read(directive, context.block(), problems).ifPresent(stanzas::add);
        }
        TemplateMetrics metrics = new TemplateMetrics(context.server().meters(), context.settings());
        Metadata metadata = context.settings().metadata();
        if (stanzas.stream().anyMatch(Stanza::usesMetadata)) {
            metadata.useAnyLabel();
        }
        context.handler(next -> new TemplateHandler(next, stanzas, metrics, metadata, context::resolve));
    }
}
