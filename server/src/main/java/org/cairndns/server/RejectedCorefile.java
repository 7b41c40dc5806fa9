package org.cairndns.server;

import java.io.IOException;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;

/**
 * The Corefile on the disk while another one runs because it was refused, at the start or at a reload.
 *
 * <p>Begins and ends under the lock of its owner; any thread may ask.
 */
final class RejectedCorefile {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String CONDITION = "corefile_rejected";

    private final CorefileLoader loader;
    private final Conditions conditions;
    private volatile String refused = "";

    RejectedCorefile(CorefileLoader loader, Conditions conditions) {
        this.loader = loader;
        this.conditions = conditions;
    }

    /**
     * It was refused as it is now.
     *
     * @param running what runs instead, for the log
     */
    void begin(String running) {
        refused = state();
        conditions.begin(
                LOG,
                CONDITION,
                loader.name(),
                loader.name() + " was refused, " + running
                        + "; it is read again when it changes (see the lines above, or 'cairn check')");
    }

    /** The one on the disk runs. */
    void end() {
        if (isLasting()) {
            refused = "";
            conditions.end(LOG, CONDITION, loader.name(), loader.name() + " is the one that runs");
        }
    }

    boolean isLasting() {
        return !refused.isEmpty();
    }

    /** True if the file was refused and is another one now. Reads files. */
    boolean hasChanged() {
        return isLasting() && !state().equals(refused);
    }

    /** True if this is the hash of the file now. Reads files. */
    boolean isOnDisk(String hash) {
        return state().equals(hash);
    }

    /** True if this hash is that of the refused file. */
    boolean isRefused(String hash) {
        return refused.equals(hash);
    }

    /** True if the refused file fails in this way. */
    boolean isRefused(Exception failure) {
        return refused.equals(failure.getMessage());
    }

    /** The hash of the file, or why there is none. */
    private String state() {
        try {
            return loader.load(problem -> {}).hash();
        } catch (IOException | CorefileException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
