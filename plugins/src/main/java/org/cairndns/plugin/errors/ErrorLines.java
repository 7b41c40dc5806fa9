package org.cairndns.plugin.errors;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cairndns.corefile.DurationText;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Log lines of single errors, a bounded number of them per period; the rest is summed up in one line.
 *
 * <p>Unlike CoreDNS, because an upstream that is away would otherwise write a line for each query of a cluster. Any
 * thread.
 */
final class ErrorLines {
    static final int MAX_LINES = 100;
    static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MAX_REASON_CHARACTERS = 500;

    private record Failure(Query query, Reply.Failed reply) {}

    private final PluginLog log;
    private final ServerContext server;
    private long periodStart;
    private int lines;
    private int left;
    private @Nullable Failure last;
    private @Nullable Future<?> timer;

    ErrorLines(PluginLog log, ServerContext server) {
        this.log = log;
        this.server = server;
        this.periodStart = server.nanoTime();
    }

    /** Logs one failure, or counts it when too many were logged already. */
    void add(Level level, Query query, Reply.Failed reply) {
        if (mayLog(query, reply)) {
            log.log(level, text(query, reply));
        }
    }

    private synchronized boolean mayLog(Query query, Reply.Failed reply) {
        long now = server.nanoTime();
        if (now - periodStart >= PERIOD.toNanos()) {
            periodStart = now;
            lines = 0;
        }
        if (lines < MAX_LINES) {
            lines++;
            return true;
        }
        left++;
        last = new Failure(query, reply);
        if (timer == null) {
            long delay = PERIOD.toNanos() - (now - periodStart);
            timer = server.background().schedule(this::sumUp, delay, TimeUnit.NANOSECONDS);
        }
        return false;
    }

    /** Logs what is counted but not yet summed up. */
    synchronized void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
        sumUp();
    }

    private synchronized void sumUp() {
        timer = null;
        Failure failure = last;
        if (failure != null) {
            log.error(left + " more errors in the last " + DurationText.of(PERIOD) + ", the latest: "
                    + text(failure.query(), failure.reply()));
        }
        left = 0;
        last = null;
    }

    private static String text(Query query, Reply.Failed reply) {
        return reply.rcode() + " " + query.qname().toLowerCase() + " " + RecordType.text(query.qtype()) + ": "
                + oneLine(reply.reason());
    }

    /** What others sent may be in a reason; it must not be able to forge a line. */
    private static String oneLine(String reason) {
        String text =
                reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS) + "...";
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}", " ");
    }
}
