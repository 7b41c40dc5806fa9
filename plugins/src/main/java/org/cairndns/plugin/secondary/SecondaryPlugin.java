package org.cairndns.plugin.secondary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ZoneKey;
import org.cairndns.plugin.authority.KnownZones;
import org.cairndns.plugin.authority.ZoneSlot;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.DomainName;

/**
 * The directive <code>secondary [ZONES...] { transfer from ADDRESS...; fallthrough [ZONES...] }</code>; several of a server
 * block are one source.
 */
public final class SecondaryPlugin implements Plugin {
    @Override
    public String name() {
        return "secondary";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        SecondaryConfig config = SecondaryConfigReader.read(occurrences, context.block(), problems);
        if (!problems.isEmpty()) {
            return;
        }
        List<String> keys =
                context.block().zoneKeys().stream().map(ZoneKey::toString).toList();
        Map<DomainName, SecondaryZone> zones = new HashMap<>();
        Map<DomainName, Optional<ZoneSlot>> slots = new HashMap<>();
        for (SecondaryConfig.Source source : config.sources()) {
            // A reload keeps what was transferred as long as the primaries are the same.
            SecondaryZone zone = context.shared(new Key(source, keys), () -> open(source, context.server()));
            zones.put(source.apex(), zone);
            slots.put(source.apex(), Optional.of(zone.slot()));
            context.onStart(() -> zone.start(context.settings().zoneChanges()::changed));
        }
        KnownZones.serve(slots, config.fallthrough(), context, name());
        context.notifyHandler(next -> new NotifyHandler(zones, next));
    }

    /** What a zone is shared by: each server block has its own, which tells the secondaries of that block. */
    private record Key(SecondaryConfig.Source source, List<String> blockKeys) {}

    private static SecondaryZone open(SecondaryConfig.Source source, ServerContext server) {
        RandomGenerator random = RandomGenerator.getDefault();
        TransferLimits limits = TransferLimits.of(Runtime.getRuntime().maxMemory());
        PrimaryClient client = new PrimaryClient(limits, server::nanoTime, random);
        return new SecondaryZone(
                source,
                client,
                new SecondaryZone.Threads(
                        server.background(),
                        task -> Thread.ofVirtual()
                                .name("secondary-" + source.apex())
                                .start(task)),
                server::nanoTime,
                random);
    }
}
