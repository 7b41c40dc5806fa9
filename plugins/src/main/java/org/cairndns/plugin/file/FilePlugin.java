package org.cairndns.plugin.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.authority.KnownZones;
import org.cairndns.plugin.authority.ZoneFileWatch;
import org.cairndns.plugin.authority.ZoneSlot;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.FileConditions;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.RepeatedLooks;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.data.ZoneException;

/** The directive <code>file DBFILE [ZONES...] { ... }</code>; several of a server block are one source. */
public final class FilePlugin implements Plugin {
    private static final PluginLog LOG = PluginLog.of("file");

    @Override
    public String name() {
        return "file";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        FileConfig config = FileConfigReader.read(occurrences, context, problems);
        Consumer<DomainName> changes = context.settings().zoneChanges()::changed;
        FileConditions conditions = FileConditions.of(LOG, context.server().meters());
        Map<DomainName, Optional<ZoneSlot>> slots = new HashMap<>();
        RepeatedLooks looks = new RepeatedLooks();
        for (FileConfig.Source source : config.sources()) {
            ZoneSlot slot = new ZoneSlot(source.apex());
            slots.put(source.apex(), Optional.of(slot));
            ZoneFileWatch watch =
                    new ZoneFileWatch(source.file(), slot, source.following().byTime(), conditions, changes);
            load(source, watch, problems);
            context.onStart(() -> {
                watch.look();
                looks.every(
                        source.following().reload(),
                        watch::look,
                        context.server().background());
            });
            context.onStop(watch::stop);
        }
        context.onStop(looks::stop);
        KnownZones.serve(slots, config.fallthrough(), context, name());
    }

    /** As in CoreDNS a file may be missing as long as it is looked for again; one that holds no zone stops the start. */
    private static void load(FileConfig.Source source, ZoneFileWatch watch, Problems problems) {
        try {
            watch.load();
        } catch (ZoneException e) {
            problems.add(source.position(), "bad zone file: " + e.getMessage());
        } catch (IOException e) {
            String fault = "zone file '" + source.file() + "' "
                    + (e instanceof NoSuchFileException ? "does not exist" : "cannot be read: " + e.getMessage());
            if (source.following().reload().isZero()) {
                problems.missing(source.position(), fault + ", and 'reload 0' says not to look for it again");
            } else {
                problems.warn(source.position(), fault + ", it is looked for again");
            }
        }
    }
}
