package org.cairndns.plugin.authority;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Trouble;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.data.Zone;
import org.cairndns.zone.data.ZoneException;
import org.cairndns.zone.data.ZoneFile;

/**
 * One zone with the zone file that it comes from.
 *
 * <p>A file that cannot be read, or holds no zone, leaves the zone as it is; that is logged once. Reads on the calling
 * thread, which may block; one call at a time.
 */
public final class ZoneFileWatch {
    private final ZoneSlot slot;
    private final boolean byTime;
    private final PluginLog log;
    private final Consumer<DomainName> changes;
    private Path file;

    /** Files as they were when they were looked at last. */
    private FileStamps seen = FileStamps.NONE;

    private final Trouble trouble = new Trouble();

    /**
     * @param byTime true to read a changed file whatever its serial, else only if that is another one
     * @param changes hears of the apex when another version is in place, on the reading thread
     */
    public ZoneFileWatch(Path file, ZoneSlot slot, boolean byTime, PluginLog log, Consumer<DomainName> changes) {
        this.file = file;
        this.slot = slot;
        this.byTime = byTime;
        this.log = log;
        this.changes = changes;
    }

    public ZoneSlot slot() {
        return slot;
    }

    /** The zone comes from another file from now on. */
    public synchronized void file(Path other) {
        if (!other.equals(file)) {
            file = other;
            seen = FileStamps.NONE;
        }
    }

    /**
     * Reads the file for the first time.
     *
     * @throws IOException if the file cannot be read, {@link NoSuchFileException} if it is not there
     * @throws ZoneException if it holds no zone; names file, line and fault
     */
    public synchronized void load() throws IOException, ZoneException {
        read(serial -> true);
    }

    /** Looks whether there is another version and puts it in place. */
    public synchronized void look() {
        if (seen.isCurrent()) {
            return;
        }
        Optional<Long> serial = slot.zone().map(Zone::serial);
        try {
            boolean changed = read(read -> byTime || serial.isEmpty() || serial.get() != read);
            trouble.end();
            if (changed) {
                log.info("Successfully reloaded zone \"" + slot.apex() + "\" in \"" + file + "\" with "
                        + slot.zone().map(Zone::serial).orElse(0L) + " SOA serial");
                changes.accept(slot.apex());
            } else {
                log.info("File \"" + file + "\" of zone \"" + slot.apex() + "\" has changed, but its SOA serial is "
                        + serial.orElse(0L) + " as before: not reloaded");
            }
        } catch (ZoneException e) {
            complain("Parsing zone \"" + slot.apex() + "\": " + e.getMessage());
        } catch (NoSuchFileException e) {
            complain("Failed to open zone \"" + slot.apex() + "\" in \"" + file + "\": no such file");
        } catch (IOException e) {
            complain("Failed to open zone \"" + slot.apex() + "\" in \"" + file + "\": " + e.getMessage());
        }
    }

    private boolean read(LongPredicate wanted) throws IOException, ZoneException {
        seen = FileStamps.of(Set.of(file));
        seen = FileStamps.of(ZoneFile.files(file));
        Optional<ZoneFile.Contents> contents = ZoneFile.read(file, slot.apex(), wanted);
        contents.ifPresent(found -> {
            found.warnings().forEach(log::warn);
            slot.set(found.zone());
        });
        return contents.isPresent();
    }

    private void complain(String message) {
        if (trouble.isNews(message)) {
            log.error(message);
        }
    }
}
