package org.cairndns.plugin.spi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The parts of the process that tell about themselves.
 *
 * <pre>
 *   plugin --add(Reporter)--> Reports &lt;--totals, all-- who shows it
 * </pre>
 *
 * Nothing is asked as long as nobody wants to know, and one that fails does not take away what the others tell. Any thread.
 */
public final class Reports {
    private final List<GuardedReporter> reporters = new CopyOnWriteArrayList<>();

    private Reports() {}

    /** Those of the process. */
    public static Reports of(Meters meters) {
        return meters.once("reports", Reports.class, name -> new Reports());
    }

    public void add(Reporter reporter) {
        reporters.add(new GuardedReporter(reporter));
    }

    /** Asks a part no longer; its counts are to be told by one that stays. */
    public void remove(Reporter reporter) {
        reporters.removeIf(guard -> guard.guards(reporter));
    }

    /** What all have counted since the start of the process. */
    public Totals totals() {
        Totals totals = new Totals();
        // Loops here and in what is called: a server at rest is to load no more classes than it must.
        for (GuardedReporter reporter : reporters) {
            reporter.count(totals);
        }
        return totals;
    }

    /** How all are right now, in the order that they were added, one for each place. */
    public List<Report> all() {
        List<Report> all = new ArrayList<>();
        Set<Object> places = new HashSet<>();
        for (GuardedReporter reporter : reporters) {
            if (places.add(reporter.place())) {
                all.addAll(reporter.reports());
            }
        }
        return all;
    }
}
