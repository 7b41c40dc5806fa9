package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class CacheReloadTest {
    private static final String BEFORE = ".:53 {\ncache 30\nbelow\n}";

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream =
            new CannedUpstream().replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 300 IN A 10.0.0.1"));

    @Test
    void reload_sameConfiguration_keepsWhatIsCached() {
        assertThat(queriesUpAfterReload(BEFORE)).isEqualTo(1);
    }

    @Test
    void reload_linesMovedAndHandlerAboveAdded_keepsWhatIsCached() {
        assertThat(queriesUpAfterReload(".:53 {\n\n\nlog\n   below\n   cache 30 {\n}\n}"))
                .isEqualTo(1);
    }

    @Test
    void reload_otherOptionOfCache_startsEmpty() {
        assertThat(queriesUpAfterReload(".:53 {\ncache 20\nbelow\n}")).isEqualTo(2);
    }

    @Test
    void reload_otherDirectiveBelow_startsEmpty() {
        assertThat(queriesUpAfterReload(".:53 {\ncache 30\nbelow {\n}\n}")).isEqualTo(2);
    }

    @Test
    void reload_otherServerBlock_startsEmpty() {
        assertThat(queriesUpAfterReload("org:53 {\ncache 30 .\nbelow\n}")).isEqualTo(2);
    }

    private int queriesUpAfterReload(String after) {
        FakeBlock first = new FakeBlock(server, BEFORE, plugins());
        ask(first);
        ask(new FakeBlock(server, after, first, plugins()));
        return upstream.queries.size();
    }

    private void ask(FakeBlock block) {
        Reply reply = block.start().chain(upstream).handle(Queries.of("a.example.org.", "A"));
        assertThat(reply).isInstanceOf(Reply.Answered.class);
        block.stop();
    }

    private static Plugin[] plugins() {
        return new Plugin[] {passing("log"), new CacheTtlLimits(), new CacheStore(), passing("below")};
    }

    /** A directive whose handler does nothing. */
    private static Plugin passing(String name) {
        return new Plugin() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
                if (!occurrences.isEmpty()) {
                    context.handler(next -> next);
                }
            }
        };
    }
}
