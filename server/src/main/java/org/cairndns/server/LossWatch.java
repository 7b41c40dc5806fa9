package org.cairndns.server;

import java.util.Optional;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.server.net.EventLoops;

/** Watch over threads and sockets that serve no longer although nobody has ended them, which nothing but a new start mends. */
final class LossWatch {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String CONDITION = "serving_ended";
    private static final int LOOK_SECONDS = 1;

    private final EventLoops loops;
    private final Conditions conditions;

    private LossWatch(EventLoops loops, Conditions conditions) {
        this.loops = loops;
        this.conditions = conditions;
    }

    /** A watch that tells of what is lost until the server ends. */
    static LossWatch start(EventLoops loops, Conditions conditions, Tending tending) {
        LossWatch watch = new LossWatch(loops, conditions);
        tending.repeat(watch::look, LOOK_SECONDS);
        return watch;
    }

    /** What is lost, in words; empty if all serves. Any thread, as long as the loops are not closed. */
    Optional<String> loss() {
        return loops.loss();
    }

    private void look() {
        loss().ifPresent(what -> conditions.begin(
                LOG,
                CONDITION,
                "",
                what + ": a part of the queries gets no answer; /health fails, so that the process is started again"));
    }
}
