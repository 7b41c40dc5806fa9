package org.cairndns.plugin.loadbalance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import org.cairndns.corefile.DurationText;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.RepeatedLooks;
import org.cairndns.plugin.spi.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * The weight file with the table made of it, which is replaced when the content has changed.
 *
 * <p>A file that cannot be read or taken leaves the table as it is. Read by the starting thread first, then on the
 * background pool; the table is for any thread.
 */
final class WeightFile {
    private static final PluginLog LOG = PluginLog.of("loadbalance");

    /** A quarter of a million addresses; what is larger was hardly meant. */
    private static final long MAX_OCTETS = 8L << 20;

    private final Path path;
    private final Duration reload;
    private volatile WeightTable table = WeightTable.EMPTY;
    private byte @Nullable [] content;
    private final Trouble trouble = new Trouble();
    private final RepeatedLooks looks = new RepeatedLooks();

    /**
     * @param reload time between two looks at the file, zero for none
     */
    WeightFile(Path path, Duration reload) {
        this.path = path;
        this.reload = reload;
    }

    WeightTable table() {
        return table;
    }

    /** Takes the file's weights; false if its content is what was read last. */
    synchronized boolean read() throws IOException {
        if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > MAX_OCTETS)) {
            throw new BadWeightFileException(path + ": expected a regular file of at most " + MAX_OCTETS + " octets");
        }
        byte[] now = Files.readAllBytes(path);
        if (Arrays.equals(now, content)) {
            return false;
        }
        content = now;
        trouble.end();
        // Octets that are no ASCII stay as they are.
        table = WeightLines.parse(path, new String(now, StandardCharsets.ISO_8859_1));
        return true;
    }

    /** Says what {@link #read} came to, and follows the file's changes. */
    synchronized void start(ScheduledExecutorService background) {
        if (content != null) {
            sayTaken();
        } else {
            String missing = "Failed to open weight file " + path;
            if (trouble.isNews(missing)) {
                LOG.warn(missing + ". Will try again in " + DurationText.of(reload));
            }
        }
        looks.every(reload, this::look, background);
    }

    synchronized void stop() {
        looks.stop();
    }

    private synchronized void look() {
        try {
            if (read()) {
                sayTaken();
            }
        } catch (BadWeightFileException e) {
            fault("Weights stay as they are: " + e.getMessage());
        } catch (IOException e) {
            fault("Failed to open weight file " + path);
        }
    }

    private void sayTaken() {
        LOG.info("Successfully reloaded weight file " + path);
    }

    /** A trouble that stays is logged once. */
    private void fault(String message) {
        if (trouble.isNews(message)) {
            LOG.error(message);
        }
    }
}
