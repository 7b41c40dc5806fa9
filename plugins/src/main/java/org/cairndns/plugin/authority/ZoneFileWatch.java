package org.cairndns.plugin.authority;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.cairndns.plugin.spi.FileConditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.data.Zone;
import org.cairndns.zone.data.ZoneException;
import org.cairndns.zone.data.ZoneFile;

/**
 * One zone with the zone file that it comes from.
 *
 * <p>A file that cannot be read, or holds no zone, leaves the zone as it is; that is a condition. Reads on the calling
 * thread, which may block; one call at a time.
 */
public final class ZoneFileWatch {
    private final ZoneSlot slot;
    private final boolean byTime;
    private final FileConditions conditions;
    private final PluginLog log;
    private final Consumer<DomainName> changes;
    private Path file;

    /** Files as they were when they were looked at last. */
    private FileStamps seen = FileStamps.NONE;

    /** What is wrong with the file; empty if nothing is. */
    private String fault = "";

    private boolean stopped;

    /**
     * @param byTime true to read a changed file whatever its serial, else only if that is another one
     * @param changes hears of the apex when another version is in place, on the reading thread
     */
    public ZoneFileWatch(
            Path file, ZoneSlot slot, boolean byTime, FileConditions conditions, Consumer<DomainName> changes) {
        this.file = file;
        this.slot = slot;
        this.byTime = byTime;
        this.conditions = conditions;
        this.log = conditions.log();
        this.changes = changes;
    }

    public ZoneSlot slot() {
        return slot;
    }

    /** The zone comes from another file from now on. */
    public synchronized void file(Path other) {
        if (!other.equals(file)) {
            conditions.forget(this, file);
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
        try {
            read(serial -> true);
        } catch (IOException | ZoneException e) {
            fault = words(e);
            throw e;
        }
    }

    /** Looks whether there is another version and puts it in place. */
    public synchronized void look() {
        if (stopped) {
            return;
        }
        if (!seen.isCurrent()) {
            fault = readAgain();
        }
        if (fault.isEmpty()) {
            conditions.usable(this, file);
        } else {
            conditions.unusable(this, file, fault);
        }
    }

    /** Looks no longer, not even where a look is waiting. */
    public synchronized void stop() {
        stopped = true;
        conditions.forget(this, file);
    }

    /** Reads the file if it holds another version; what is wrong with it, empty if nothing is. */
    private String readAgain() {
        Optional<Long> serial = slot.zone().map(Zone::serial);
        try {
            if (read(read -> byTime || serial.isEmpty() || serial.get() != read)) {
                log.info("Successfully reloaded zone \"" + slot.apex() + "\" in \"" + file + "\" with "
                        + slot.zone().map(Zone::serial).orElse(0L) + " SOA serial");
                changes.accept(slot.apex());
            } else {
                log.info("File \"" + file + "\" of zone \"" + slot.apex() + "\" has changed, but its SOA serial is "
                        + serial.orElse(0L) + " as before: not reloaded");
            }
            return "";
        } catch (IOException | ZoneException e) {
            return words(e);
        }
    }

    private String words(Exception fault) {
        if (fault instanceof ZoneException) {
            return "Parsing zone \"" + slot.apex() + "\": " + fault.getMessage();
        }
        String reason = fault instanceof NoSuchFileException ? "no such file" : fault.getMessage();
        return "Failed to open zone \"" + slot.apex() + "\" in \"" + file + "\": " + reason;
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
}
