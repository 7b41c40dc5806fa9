package org.cairndns.plugin.metadata;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.zone.Zones;

/** The directive {@code metadata [ZONES...]}, once per server block. */
public final class MetadataPlugin implements Plugin {
    @Override
    public String name() {
        return "metadata";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.noBlock();
        Zones zones = Zones.of(ZoneNames.parseZoneArguments(option.args(), context.block(), problems));
        Metadata metadata = context.settings().metadata();
        metadata.enable(zones::covers);
        context.handler(next -> metadata.isUsed() ? new MetadataHandler(next) : next);
    }
}
