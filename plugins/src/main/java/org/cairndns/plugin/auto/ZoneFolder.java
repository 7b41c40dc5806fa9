package org.cairndns.plugin.auto;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.plugin.authority.ZoneFileWatch;
import org.cairndns.plugin.authority.ZoneSlot;
import org.cairndns.plugin.spi.FileConditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.SuffixTable;
import org.cairndns.zone.data.ZoneException;

/**
 * The zones of one folder as they were when it was looked at last.
 *
 * <p>{@link #look} blocks and runs once at a time; {@link #find} is for any thread.
 */
final class ZoneFolder {
    static final PluginLog LOG = PluginLog.of("auto");

    private final AutoConfig config;
    private final FileConditions conditions;
    private boolean stopped;
    private final Consumer<DomainName> changes;
    private final Map<DomainName, ZoneFileWatch> watches = new LinkedHashMap<>();

    /** Zones that are new or have another version, to be told of once they are served. */
    private final List<DomainName> news = new ArrayList<>();

    /** What the last look had to complain of. */
    private Set<String> troubles = Set.of();

    /** Replaced as a whole; only zones that are read. */
    private volatile Map<DomainName, Optional<ZoneSlot>> served = Map.of();

    private volatile SuffixTable<Optional<ZoneSlot>> table = new SuffixTable<>(Map.of());

    /**
     * @param changes hears of the apex of each zone that is new or has another version, once it is served, on the looking thread
     */
    ZoneFolder(AutoConfig config, FileConditions conditions, Consumer<DomainName> changes) {
        this.config = config;
        this.conditions = conditions;
        this.changes = changes;
    }

    AutoConfig config() {
        return config;
    }

    /** The zone with the longest name that {@code qname} equals or lies below, if the directive is about that name. */
    Optional<ZoneSlot> find(DomainName qname) {
        return config.zones().covers(qname) ? table.find(qname, Optional.empty()) : Optional.empty();
    }

    /** The zone with this name. */
    Optional<ZoneSlot> zone(DomainName apex) {
        return served.getOrDefault(apex, Optional.empty());
    }

    /** Looks for zone files that are new, changed or gone. */
    synchronized void look() {
        if (stopped) {
            return;
        }
        FolderScan scan = FolderScan.of(config.folder(), config.origins());
        complain(scan.troubles());
        watches.entrySet().removeIf(each -> isGone(each.getKey(), each.getValue(), scan));
        scan.files().forEach(this::follow);
        Map<DomainName, Optional<ZoneSlot>> read = new HashMap<>();
        watches.forEach((apex, watch) -> {
            if (watch.slot().zone().isPresent()) {
                read.put(apex, Optional.of(watch.slot()));
            }
        });
        if (!read.keySet().equals(served.keySet()) || !read.equals(served)) {
            table = new SuffixTable<>(read);
            served = Map.copyOf(read);
        }
        List<DomainName> told = List.copyOf(news);
        news.clear();
        told.forEach(changes);
    }

    /** Looks no longer. */
    synchronized void stop() {
        stopped = true;
        watches.values().forEach(ZoneFileWatch::stop);
    }

    private boolean isGone(DomainName apex, ZoneFileWatch watch, FolderScan scan) {
        boolean gone = !scan.files().containsKey(apex);
        if (gone) {
            watch.stop();
            LOG.info("Deleting zone `" + apex + "'");
        }
        return gone;
    }

    private void follow(DomainName apex, Path file) {
        Optional<ZoneFileWatch> known = Optional.ofNullable(watches.get(apex));
        if (known.isPresent()) {
            known.get().file(file);
            known.get().look();
            return;
        }
        ZoneFileWatch watch = new ZoneFileWatch(file, new ZoneSlot(apex), false, conditions, news::add);
        watches.put(apex, watch);
        try {
            watch.load();
            LOG.info("Inserting zone `" + apex + "' from: " + file);
            news.add(apex);
        } catch (ZoneException | IOException e) {
            // Says so.
            watch.look();
        }
    }

    /** Logs what the look before did not complain of. */
    private void complain(List<String> found) {
        found.stream().filter(line -> !troubles.contains(line)).forEach(LOG::warn);
        troubles = new HashSet<>(found);
    }
}
