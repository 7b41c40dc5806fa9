package org.cairndns.plugin.hosts;

import io.prometheus.metrics.core.metrics.Gauge;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ScheduledExecutorService;
import org.cairndns.plugin.spi.FileConditions;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.RepeatedLooks;
import org.cairndns.zone.FileStamp;
import org.jspecify.annotations.Nullable;

/**
 * The hosts file with the table made of it, which is replaced when the file's {@link FileStamp} has changed.
 *
 * <p>A file that cannot be read leaves the table as it is and is looked for again. Read by the starting thread first,
 * then on the background pool; the table is for any thread.
 */
final class HostsFile {
    private static final PluginLog LOG = PluginLog.of("hosts");

    /** A million names; what is larger was hardly meant. */
    private static final long MAX_OCTETS = 64L << 20;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final HostsConfig config;
    private final HostLines inline;
    private final Gauge entries;
    private final Gauge timestamp;
    private volatile HostsTable table;

    /** Tables that were replaced, counted once they are; written by one thread at a time. */
    private volatile int replaced;

    private @Nullable FileStamp seen;
    private final FileConditions conditions;
    private final RepeatedLooks looks = new RepeatedLooks();
    private boolean stopped;

    HostsFile(HostsConfig config, Meters meters) {
        this.config = config;
        this.inline = noLines();
        config.inline().forEach(inline::add);
        this.table = new HostsTable(noLines(), inline, config.records());
        this.conditions = FileConditions.of(LOG, meters);
        this.entries = meters.gauge(
                "coredns_hosts_entries", "Entries of the hosts file and of the Corefile together.", "hostsfile");
        this.timestamp = meters.gauge(
                "coredns_hosts_reload_timestamp_seconds", "Modification time of the hosts file that was read last.");
    }

    private HostLines noLines() {
        return new HostLines(config.zones(), config.records().reverse());
    }

    HostsTable table() {
        return table;
    }

    /** Another number as soon as {@link #table} is another one. */
    int replaced() {
        return replaced;
    }

    /** Reads the file and follows its changes. */
    synchronized void start(ScheduledExecutorService background) {
        show();
        look();
        looks.every(config.reload(), this::look, background);
    }

    synchronized void stop() {
        looks.stop();
        stopped = true;
        conditions.forget(this, config.file());
    }

    private synchronized void look() {
        if (stopped) {
            return;
        }
        try {
            BasicFileAttributes now = Files.readAttributes(config.file(), BasicFileAttributes.class);
            FileStamp stamp = FileStamp.of(config.file(), now);
            if (!stamp.equals(seen)) {
                read(now);
                seen = stamp;
            }
            conditions.usable(this, config.file());
        } catch (NoSuchFileException e) {
            // The one that stands for no file in the Corefile may be missing, as in an image that has none.
            if (!config.file().equals(Path.of(HostsConfigReader.STANDARD_FILE))) {
                conditions.unusable(this, config.file(), "File does not exist: " + config.file());
            }
        } catch (IOException e) {
            conditions.unusable(this, config.file(), "Hosts file cannot be read: " + e);
        }
    }

    private void read(BasicFileAttributes now) throws IOException {
        if (!now.isRegularFile() || now.size() > MAX_OCTETS) {
            throw new IOException(config.file() + " is no regular file of at most " + MAX_OCTETS + " octets");
        }
        HostLines lines = noLines();
        // Octets that are no ASCII stay as they are.
        try (BufferedReader reader = Files.newBufferedReader(config.file(), StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        }
        table = new HostsTable(lines, inline, config.records());
        int number = replaced + 1;
        replaced = number;
        timestamp.set(now.lastModifiedTime().toMillis() / MILLIS_PER_SECOND);
        show();
        LOG.debug("Parsed hosts file into " + lines.size() + " entries");
    }

    private void show() {
        entries.labelValues(config.file().toString()).set(table.size());
    }
}
