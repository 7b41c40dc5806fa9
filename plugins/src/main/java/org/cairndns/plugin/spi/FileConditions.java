package org.cairndns.plugin.spi;

import java.nio.file.Path;

/**
 * The condition {@code file_unusable} of the files that a plugin reads again and again: one is missing or makes no sense, and what
 * was read before stays in use. Any thread.
 *
 * @param log of the plugin
 */
public record FileConditions(PluginLog log, Conditions conditions) {
    private static final String CONDITION = "file_unusable";

    /** Those of a plugin. */
    public static FileConditions of(PluginLog log, Meters meters) {
        return new FileConditions(log, Conditions.of(meters));
    }

    /**
     * A file cannot be used.
     *
     * @param owner who looks at it
     * @param message a line for the log
     */
    public void unusable(Object owner, Path file, String message) {
        conditions.begin(owner, log, CONDITION, file.toString(), message);
    }

    /** It can be used; nothing happens if it could before. */
    public void usable(Object owner, Path file) {
        conditions.end(owner, log, CONDITION, file.toString(), file + " is read again");
    }

    /** The owner does not look at it any longer. */
    public void forget(Object owner, Path file) {
        conditions.drop(owner, CONDITION, file.toString());
    }
}
