package org.cairndns.server;

import java.io.IOException;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;

/**
 * The Corefile on the disk while another one runs because it was refused, at the start or at a reload.
 *
 * <p>Any thread; what a look at the file finds while a reload goes on is put right by the next look.
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
     * It was refused.
     *
     * @param state what {@link #state} was before it was read, so that one that was written meanwhile is another one
     * @param running what runs instead, for the log
     */
    synchronized void begin(String state, String running) {
        refused = state;
        conditions.begin(
                LOG,
                CONDITION,
                loader.name(),
                loader.name() + " was refused, " + running
                        + "; it is read again when it changes (see the lines above, or 'cairn check')");
    }

    /** The one on the disk runs. */
    synchronized void end() {
        if (isLasting()) {
            refused = "";
            conditions.end(LOG, CONDITION, loader.name(), loader.name() + " is the one that runs");
        }
    }

    boolean isLasting() {
        return !refused.isEmpty();
    }

    /** True if this is the state of the refused file. */
    boolean isRefused(String state) {
        return refused.equals(state);
    }

    /** The hash of the file now, or why there is none. Reads files. */
    String state() {
        try {
            return loader.load(problem -> {}).hash();
        } catch (IOException | CorefileException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
