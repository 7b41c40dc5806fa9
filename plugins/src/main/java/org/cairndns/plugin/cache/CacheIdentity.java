package org.cairndns.plugin.cache;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;

/**
 * What decides about the content of a cache: after a reload that leaves it as it was, the cache goes on with what it has.
 *
 * <p>What stands above the cache in the chain is no part of it. It changes which questions come, not what the answers to them
 * are; so an edit of hosts, rewrites or log costs no entry, one of {@code forward} all of them.
 *
 * @param keys of the server block, as written
 * @param view name of the block's view
 * @param addresses that the block is bound to
 * @param below words of the directives that the cache gets its answers from
 */
record CacheIdentity(
        List<String> keys, String view, List<InetAddress> addresses, CacheConfig config, List<List<String>> below) {

    /**
     * The identity of a block's cache; for use once all handlers of the block are known.
     *
     * @param above directives whose handlers lie above the cache
     */
    static CacheIdentity of(BlockContext context, CacheConfig config, Collection<String> above) {
        List<List<String>> below = context.block().directives().stream()
                .filter(directive -> isBelow(directive, context, above))
                .map(directive -> texts(directive.tokens()))
                .toList();
        return new CacheIdentity(
                texts(context.block().keys()),
                context.settings().view(),
                List.copyOf(context.settings().bindAddresses()),
                config,
                below);
    }

    private static boolean isBelow(Directive directive, BlockContext context, Collection<String> above) {
        String name = directive.name().text();
        return context.handlerOrder().contains(name) && !above.contains(name);
    }

    private static List<String> texts(List<Token> tokens) {
        return tokens.stream().map(Token::text).toList();
    }
}
