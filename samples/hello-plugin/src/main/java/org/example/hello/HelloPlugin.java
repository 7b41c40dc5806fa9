package org.example.hello;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Place;
import org.cairndns.plugin.spi.PlacedPlugin;
import org.cairndns.wire.DomainName;

/** The directive <code>hello [TEXT] { ttl SECONDS }</code>, once per server block. */
public final class HelloPlugin implements PlacedPlugin {
    private static final String STANDARD_TEXT = "Hello";
    private static final IntegerBounds TTL = new IntegerBounds(0, 86_400, 60);

    @Override
    public String name() {
        return "hello";
    }

    @Override
    public Place place() {
        // Behind those that decide who may ask, in front of all that answer.
        return Place.after("acl");
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.hasArgs(0, 1);
        String text =
                option.args().isEmpty() ? STANDARD_TEXT : option.args().getFirst().text();
        int ttlSeconds = TTL.standard();
        for (OptionReader property : option.properties(List.of("ttl"))) {
            ttlSeconds = property.integer(TTL);
        }
        HelloText answer = new HelloText(text, ttlSeconds);
        List<DomainName> names = context.zones().stream()
                .map(DomainName::of)
                .map(zone -> DomainName.prepend("hello", zone))
                .toList();
        Counter greetings = context.server().meters().counter("hello_greetings_total", "Answers of the plugin hello.");
        context.handler(next -> new HelloHandler(next, names, answer, greetings));
    }
}
