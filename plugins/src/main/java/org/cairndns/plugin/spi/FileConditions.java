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
     * A file cannot be used. To be said at each look, for the directive that this one replaces at a reload drops the condition
     * of both.
     *
     * @param message a line for the log, the same at each look
     */
    public void unusable(Path file, String message) {
        conditions.begin(log, CONDITION, file.toString(), message);
    }

    /** It can be used; nothing happens if it could before. */
    public void usable(Path file) {
        conditions.end(log, CONDITION, file.toString(), file + " is read again");
    }

    /** Nobody looks at it any longer. */
    public void forget(Path file) {
        conditions.drop(CONDITION, file.toString());
    }
}
