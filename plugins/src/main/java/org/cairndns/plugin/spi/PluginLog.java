package org.cairndns.plugin.spi;

import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.event.Level;

/**
 * Log of one plugin, whose lines usually start with <code>plugin/&lt;name&gt;: </code> as CoreDNS's do. Any thread.
 *
 * <p>Writes to the backend of the process's SLF4J itself: the bridge between them looks for the caller of each line on
 * the stack, which takes longer than answering a query.
 */
public final class PluginLog {
    private static final Logger LOG = Logger.getLogger("org.cairndns.plugin");

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
        java.util.logging.Level backendLevel = backendLevel(level);
        if (LOG.isLoggable(backendLevel)) {
            LogRecord line = new LogRecord(backendLevel, prefix + message);
            line.setLoggerName(LOG.getName());
            LOG.log(line);
        }
    }

    /** False if debug lines go nowhere, so that making them can be left out. */
    public boolean isDebugging() {
        return LOG.isLoggable(java.util.logging.Level.FINE);
    }

    private static java.util.logging.Level backendLevel(Level level) {
        return switch (level) {
            case ERROR -> java.util.logging.Level.SEVERE;
            case WARN -> java.util.logging.Level.WARNING;
            case INFO -> java.util.logging.Level.INFO;
            case DEBUG -> java.util.logging.Level.FINE;
            case TRACE -> java.util.logging.Level.FINEST;
        };
    }
}
