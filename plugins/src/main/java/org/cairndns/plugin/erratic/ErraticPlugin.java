package org.cairndns.plugin.erratic;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.wire.DomainName;

/**
 * The directive <code>erratic { drop [AMOUNT]; truncate [AMOUNT]; delay [AMOUNT [DURATION]]; large }</code>; asks no
 * further handler.
 */
public final class ErraticPlugin implements Plugin {
    private static final List<String> PROPERTIES = List.of("drop", "truncate", "delay", "large");
    private static final IntegerBounds AMOUNT = new IntegerBounds(0, Integer.MAX_VALUE, ErraticConfig.USUAL_AMOUNT);
    private static final DurationBounds DELAY =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, ErraticConfig.USUAL_DELAY);

    /** The search path of every client, for tests of {@code autopath @erratic}. */
    private static final List<DomainName> SEARCH_PATH =
            List.of(DomainName.of("a.example.org."), DomainName.of("b.example.org."));

    @Override
    public String name() {
        return "erratic";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        ErraticConfig config = read(occurrences, problems);
        ErraticHandler handler = new ErraticHandler(config, context.server().background());
        context.handler(next -> handler);
        context.readiness(handler::isReady);
        context.settings().searchPaths().put(name(), query -> SEARCH_PATH);
    }

    private static ErraticConfig read(List<Directive> occurrences, Problems problems) {
        OptionalInt drop = OptionalInt.empty();
        int truncate = 0;
        int delay = 0;
        Duration duration = ErraticConfig.USUAL_DELAY;
        boolean large = false;
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            option.hasArgs(0);
            for (OptionReader property : option.properties(PROPERTIES)) {
                switch (property.name()) {
                    case "drop" -> drop = OptionalInt.of(amount(property, 1));
                    case "truncate" -> truncate = amount(property, 1);
                    case "delay" -> {
                        delay = amount(property, 2);
                        duration = property.args().size() == 2 ? property.duration(1, DELAY) : DELAY.standard();
                    }
                    case "large" -> large |= property.hasArgs(0);
                    default -> throw new AssertionError(property.name());
                }
            }
        }
        // Something is wrong with every second query, also where nobody says what.
        int usual = truncate == 0 && delay == 0 ? ErraticConfig.USUAL_AMOUNT : 0;
        return new ErraticConfig(drop.orElse(usual), truncate, delay, duration, large);
    }

    private static int amount(OptionReader property, int maxArgs) {
        return property.hasArgs(0, maxArgs) && !property.args().isEmpty()
                ? property.integer(0, AMOUNT)
                : AMOUNT.standard();
    }
}
