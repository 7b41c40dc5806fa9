package org.cairndns.plugin.spi;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Log of one plugin, whose lines usually start with <code>plugin/&lt;name&gt;: </code> as CoreDNS's do. Any thread. */
public final class PluginLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.cairndns.plugin");

    private final String prefix;

    private PluginLog(String prefix) {
        this.prefix = prefix;
    }

    /** The log of a plugin by its directive's name. */
    public static PluginLog of(String plugin) {
        return new PluginLog("plugin/" + plugin + ": ");
    }

    /** A log whose lines have no prefix, for lines that are the users' own format. */
    public static PluginLog plain() {
        return new PluginLog("");
    }

    public void debug(String message) {
        log(Level.DEBUG, message);
    }

    public void info(String message) {
        log(Level.INFO, message);
    }

    public void warn(String message) {
        log(Level.WARN, message);
    }

    public void error(String message) {
        log(Level.ERROR, message);
    }

    public void log(Level level, String message) {
        LOG.atLevel(level).log("{}{}", prefix, message);
    }

    /** False if debug lines go nowhere, so that making them can be left out. */
    public boolean isDebugging() {
        return LOG.isDebugEnabled();
    }
}
