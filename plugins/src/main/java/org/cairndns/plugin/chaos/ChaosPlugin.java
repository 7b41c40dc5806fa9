package org.cairndns.plugin.chaos;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.HostName;
import org.cairndns.plugin.spi.Plugin;

/** The directive {@code chaos [VERSION [AUTHORS...]]}; the first of several holds. */
public final class ChaosPlugin implements Plugin {
    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = new OptionReader(occurrences.getFirst(), problems);
        option.noBlock();
        List<String> words = option.directive().argTexts();
        String version = words.isEmpty() ? "Cairn-" + context.server().control().version() : words.getFirst();
        List<String> authors = words.stream().skip(1).distinct().sorted().toList();
        ChaosTexts texts = new ChaosTexts(version, HostName.of(context.server()), authors);
        context.settings().otherClasses(true);
        context.handler(next -> new ChaosHandler(next, texts, ThreadLocalRandom::current));
    }
}
