package org.cairndns.plugin.spi;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of the server whose failure to tell about itself harms nobody else.
 *
 * <p>What it throws is logged once until it works again. Any thread.
 */
final class GuardedReporter {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedReporter.class);

    private final Reporter reporter;
    private final Trouble counting = new Trouble();
    private final Trouble reporting = new Trouble();

    /** What it has counted, as it said last; replaced whole. */
    private volatile Totals counted = new Totals();

    GuardedReporter(Reporter reporter) {
        this.reporter = reporter;
    }

    /** True for the guard of this part. */
    boolean guards(Reporter part) {
        return reporter.equals(part);
    }

    /** What it is a part of. */
    Object place() {
        return reporter.place();
    }

    /** Adds what it has counted; where it fails what it had the last time, for counts never fall. */
    void count(Totals totals) {
        try {
            Totals now = new Totals();
            reporter.count(now);
            counted = now;
            end(counting);
        } catch (RuntimeException e) {
            meet(counting, e);
        }
        totals.add(counted);
    }

    /** How it is; nothing where it fails. */
    List<Report> reports() {
        try {
            List<Report> reports = reporter.reports();
            end(reporting);
            return reports;
        } catch (RuntimeException e) {
            meet(reporting, e);
            return List.of();
        }
    }

    private synchronized void end(Trouble trouble) {
        trouble.end();
    }

    private synchronized void meet(Trouble trouble, RuntimeException e) {
        if (trouble.isNews(e.toString())) {
            LOG.error("a part of the server cannot tell about itself", e);
        }
    }
}
