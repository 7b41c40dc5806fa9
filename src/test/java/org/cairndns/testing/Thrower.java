package org.cairndns.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Place;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;

/**
 * The directive <code>thrower [filter]</code>, whose handler fails as the first label of the qname says, each time in a way of its own;
 * all other names it answers with NOERROR. With an argument its block has a filter that fails for two more labels.
 */
public final class Thrower implements Plugin, Handler {
    /** First labels at which it throws: at once, when its reply comes later, when that is written. */
    public static final List<String> WAYS = List.of(
            "memory", "assertion", "runtime", "late", "late-at-once", "late-runtime", "writing", "late-writing");

    /** Label of a note whose provider throws. */
    public static final String NOTE = "thrower/note";

    private static final Reply ANSWER = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private final Executor elsewhere;

    /** @param elsewhere completes replies that come later */
    public Thrower(Executor elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** The built-in directives and this one. */
    public static PluginList plugins() {
        return PluginList.builtIn().with(new Thrower(Thread::startVirtualThread), Place.before("whoami"));
    }

    @Override
    public String name() {
        return "thrower";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        context.settings().metadata().provide(NOTE, query -> {
            throw new AssertionError("note of a provider");
        });
        if (!occurrences.getFirst().args().isEmpty()) {
            context.settings().filter(Thrower::takes);
        }
        context.handler(next -> this);
    }

    private static boolean takes(Query query) {
        return switch (way(query)) {
            case "filter" -> throw new OutOfMemoryError("filter");
            case "filter-runtime" -> throw new IllegalStateException("filter");
            default -> true;
        };
    }

    private static String way(Query query) {
        String qname = query.qname().toString();
        return qname.substring(0, qname.indexOf('.'));
    }

    @Override
    public Reply handle(Query query) {
        return switch (way(query)) {
            case "memory" -> throw new OutOfMemoryError("Cannot reserve 16 bytes of direct buffer memory");
            case "assertion" -> throw new AssertionError("handler");
            case "runtime" -> throw new IllegalStateException("handler");
            case "late" ->
                later(reply -> {
                    throw new OutOfMemoryError("late");
                });
            case "late-at-once" -> atOnce();
            case "late-runtime" ->
                later(reply -> {
                    throw new IllegalStateException("late");
                });
            case "writing" -> new Reply.Messages(query.qname().parent(), new BrokenStream());
            case "late-writing" ->
                later(reply -> new Reply.Messages(query.qname().parent(), new BrokenStream()));
            case "messages" -> new Reply.Messages(query.qname(), new BrokenStream());
            default -> ANSWER;
        };
    }

    private Reply later(UnaryOperator<Reply> step) {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = pending.then(step);
        elsewhere.execute(() -> pending.complete(ANSWER));
        return reply;
    }

    private static Reply atOnce() {
        Reply.Pending pending = new Reply.Pending();
        Reply reply = pending.then(came -> {
            throw new AssertionError("late");
        });
        pending.complete(ANSWER);
        return reply;
    }

    /** Messages that cannot even be given up. */
    private static final class BrokenStream implements ResponseStream {
        @Override
        public Optional<Response> next() {
            throw new OutOfMemoryError("stream");
        }

        @Override
        public void close() {
            throw new AssertionError("stream");
        }
    }
}
