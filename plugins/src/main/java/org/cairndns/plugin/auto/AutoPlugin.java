package org.cairndns.plugin.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.authority.AuthorityHandler;
import org.cairndns.plugin.authority.ZoneSlot;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.FileConditions;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.RepeatedLooks;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/** The directive <code>auto [ZONES...] { directory DIR ... }</code>; each of several in a server block has its folder. */
public final class AutoPlugin implements Plugin {
    @Override
    public String name() {
        return "auto";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        Consumer<DomainName> changes = context.settings().zoneChanges()::changed;
        FileConditions conditions =
                FileConditions.of(ZoneFolder.LOG, context.server().meters());
        List<ZoneFolder> folders = new ArrayList<>();
        for (Directive directive : occurrences) {
            AutoConfigReader.read(directive, context, problems)
                    .ifPresent(config -> folders.add(new ZoneFolder(config, conditions, changes)));
        }
        RepeatedLooks looks = new RepeatedLooks();
        context.onStart(() -> folders.forEach(folder -> {
            folder.look();
            looks.every(folder.config().reload(), folder::look, context.server().background());
        }));
        context.onStop(() -> {
            looks.stop();
            folders.forEach(ZoneFolder::stop);
        });
        context.settings().transferSources().add(apex -> zone(folders, apex).map(ZoneSlot::transferable));
        context.handler(next -> new AuthorityHandler(qname -> find(folders, qname), Zones.NONE, context, name(), next));
    }

    private static Optional<ZoneSlot> find(List<ZoneFolder> folders, DomainName qname) {
        for (int i = 0; i < folders.size(); i++) {
            Optional<ZoneSlot> found = folders.get(i).find(qname);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ZoneSlot> zone(List<ZoneFolder> folders, DomainName apex) {
        return folders.stream().flatMap(folder -> folder.zone(apex).stream()).findFirst();
    }
}
