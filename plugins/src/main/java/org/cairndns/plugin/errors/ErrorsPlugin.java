package org.cairndns.plugin.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.PluginLog;

/** The directive <code>errors [stdout] { stacktrace; consolidate ... }</code>, once per server block. */
public final class ErrorsPlugin implements Plugin {
    private static final PluginLog LOG = PluginLog.of("errors");
    private static final String STDOUT = "stdout";
    private static final String STACKTRACE = "stacktrace";
    private static final String CONSOLIDATE = "consolidate";

    @Override
    public String name() {
        return "errors";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        if (option.hasArgs(0, 1) && !option.args().isEmpty()) {
            output(option);
        }
        ScheduledExecutorService background = context.server().background();
        List<ErrorTally> tallies = new ArrayList<>();
        for (OptionReader property : option.properties(List.of(STACKTRACE, CONSOLIDATE))) {
            if (property.name().equals(CONSOLIDATE)) {
                ConsolidationReader.read(property)
                        .ifPresent(rule -> tallies.add(new ErrorTally(rule, LOG, background)));
            } else if (property.hasArgs(0)) {
                context.settings().stackTraces(true);
            }
        }
        ErrorLines lines = new ErrorLines(LOG, context.server());
        UnaryOperator<Handler> layer = next -> new ErrorsHandler(next, tallies, lines, context.server());
        context.handler(layer);
        context.notifyHandler(layer);
        context.onStop(() -> {
            tallies.forEach(ErrorTally::stop);
            lines.stop();
        });
    }

    private void output(OptionReader option) {
        Token word = option.args().getFirst();
        if (!word.text().equals(STDOUT)) {
            History.of(name(), History.ERRORS_FILE)
                    .ifPresent(change -> option.problems().report(word.position(), change));
        }
    }
}
