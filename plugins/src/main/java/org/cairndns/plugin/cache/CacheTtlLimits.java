package org.cairndns.plugin.cache;

import java.time.Clock;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/**
 * The part of the directive {@code cache} that limits the TTLs of live answers; its place is that of CoreDNS's cache.
 *
 * <p>See {@link CacheStore} for the other part.
 */
public final class CacheTtlLimits implements Plugin {
    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        // The other part reads the same lines and reports what is odd about them.
        Problems quiet = new Problems(warning -> {});
        CacheConfig config = CacheConfigReader.read(occurrences, context.block(), quiet);
        quiet.list().forEach(problems::add);
        TtlRule rule = new TtlRule(config, () -> clock.millis() / 1000);
        context.handler(next -> new TtlLimitHandler(config, rule, next));
    }
}
