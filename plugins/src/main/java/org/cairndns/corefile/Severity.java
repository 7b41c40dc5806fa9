package org.cairndns.corefile;

import java.util.Locale;

/**
 * How much a {@link Problem} matters.
 *
 * <p>Five of the values are those of CoreDNS's migration tool (corefile-migration, {@code migration/notice.go}).
 */
public enum Severity {
    /** Wrong in itself; a start fails. */
    ERROR(true),

    /**
     * Right, but this machine lacks what it names: a file, an interface. A start here leaves the server block out until it is
     * there; with {@code -strict} it fails.
     */
    MISSING(true),

    /** CoreDNS had it and dropped it; a start fails, as it does there. */
    REMOVED(true),

    /** CoreDNS has it and Cairn does not; a start fails. */
    UNSUPPORTED(true),

    /**
     * Right, but what it names is not there at the moment; a start goes on without it and takes it up as soon as it is. A server
     * says so by {@code cairn_condition}.
     */
    WAITING(false),

    /** Works, but looks unintended; logged at a start. */
    WARNING(false),

    /** Works, but is on its way out; logged at a start. */
    DEPRECATED(false),

    /** Accepted without any effect; logged at a start. */
    IGNORED(false),

    /** Not there, but in the Corefiles that distributions install today; only a check says so. */
    NEWDEFAULT(false);

    private final boolean refuses;

    Severity(boolean refuses) {
        this.refuses = refuses;
    }

    /** True if a start fails. */
    public boolean refuses() {
        return refuses;
    }

    /** The name in output: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many there are: {@code 1 error}, {@code 2 errors}, {@code 2 removed}. */
    public String counted(long count) {
        boolean plural = count != 1 && (this == ERROR || this == WARNING);
        return count + " " + text() + (plural ? "s" : "");
    }
}
