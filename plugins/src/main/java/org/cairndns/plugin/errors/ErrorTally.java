package org.cairndns.plugin.errors;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cairndns.corefile.DurationText;
import org.cairndns.plugin.spi.PluginLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Count of the errors of one {@link Consolidation}, logged when the period that began with the first is over. */
final class ErrorTally {
    private final Consolidation rule;
    private final PluginLog log;
    private final ScheduledExecutorService background;
    private int count;
    private boolean stopped;
    private @Nullable Future<?> timer;

    ErrorTally(Consolidation rule, PluginLog log, ScheduledExecutorService background) {
        this.rule = rule;
        this.log = log;
        this.background = background;
    }

    boolean matches(String reason) {
        return rule.pattern().matcher(reason).find();
    }

    Level level() {
        return rule.level();
    }

    /** Counts an error; true if it is to be logged itself, too. Any thread. */
    synchronized boolean add() {
        if (stopped) {
            return true;
        }
        count++;
        if (count > 1) {
            return false;
        }
        timer = background.schedule(this::report, rule.period().toNanos(), TimeUnit.NANOSECONDS);
        return rule.showFirst();
    }

    /** Logs what was counted so far; errors that come later are to be logged themselves. */
    synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
        report();
    }

    private synchronized void report() {
        if (count > (rule.showFirst() ? 1 : 0)) {
            log.log(
                    rule.level(),
                    count + " errors like '" + rule.pattern() + "' occurred in last " + DurationText.of(rule.period()));
        }
        count = 0;
    }
}
