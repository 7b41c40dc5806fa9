package org.cairndns.plugin.authority;

import java.util.Map;
import java.util.Optional;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.SuffixTable;
import org.cairndns.zone.Zones;

/** Zones whose names are known from the Corefile, unlike their records. */
public final class KnownZones {
    private KnownZones() {}

    /**
     * Answers out of the zones at the plugin's place in the chain, and offers them for transfer.
     *
     * @param slots by apex, none of them empty
     * @param fallthrough as for {@link AuthorityHandler}
     * @param plugin the plugin's name
     */
    public static void serve(
            Map<DomainName, Optional<ZoneSlot>> slots, Zones fallthrough, BlockContext context, String plugin) {
        SuffixTable<Optional<ZoneSlot>> table = new SuffixTable<>(slots);
        context.settings()
                .transferSources()
                .add(apex -> slots.getOrDefault(apex, Optional.empty()).map(ZoneSlot::transferable));
        context.handler(next ->
                new AuthorityHandler(qname -> table.find(qname, Optional.empty()), fallthrough, context, plugin, next));
    }
}
