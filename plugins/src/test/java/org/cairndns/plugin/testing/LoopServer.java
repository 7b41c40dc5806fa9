package org.cairndns.plugin.testing;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.plugin.spi.ServerControl;
import org.cairndns.wire.Query;

/** A process with event loops and real time, for handlers that use sockets. */
public final class LoopServer implements ServerContext, AutoCloseable {
    /** Far more than anything takes, so that a busy machine does not fail a test. */
    private static final long PATIENCE_SECONDS = 30;

    private final FakeServer rest;
    private final EventLoopGroup loops;
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(1);

    private LoopServer(int count, IoHandlerFactory factory) {
        this.rest = new FakeServer(Path.of("").toAbsolutePath());
        this.loops = new MultiThreadIoEventLoopGroup(count, factory);
    }

    /** A process with event loops that run everywhere. */
    public static LoopServer nio(int count) {
        return new LoopServer(count, NioIoHandler.newFactory());
    }

    /** A process with event loops as in production on Linux, elsewhere as {@link #nio}. */
    public static LoopServer epoll(int count) {
        return Epoll.isAvailable() ? new LoopServer(count, EpollIoHandler.newFactory()) : nio(count);
    }

    /** Asks a handler on an event loop. */
    public CompletableFuture<Reply> ask(Handler handler, Query query) {
        return ask(loops.next(), handler, query);
    }

    /** Asks a handler on this event loop. */
    public CompletableFuture<Reply> ask(EventLoop loop, Handler handler, Query query) {
        CompletableFuture<Reply> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                complete(done, handler.handle(query));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void complete(CompletableFuture<Reply> done, Reply reply) {
        if (reply instanceof Reply.Pending pending) {
            pending.whenDone(done::complete);
        } else {
            done.complete(reply);
        }
    }

    /** The reply, once it is there. */
    public static Reply await(CompletableFuture<Reply> reply) {
        try {
            return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("no reply", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Runs something on an event loop and gives its result. */
    public <T> T onLoop(Callable<T> body) throws Exception {
        return loops.next().submit(body).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What {@code /metrics} would show, without comments and without lines that do not contain {@code part}. */
    public List<String> metrics(String part) {
        return rest.metrics(part);
    }

    @Override
    public Meters meters() {
        return rest.meters();
    }

    @Override
    public EventLoopGroup eventLoops() {
        return loops;
    }

    @Override
    public ScheduledExecutorService background() {
        return background;
    }

    @Override
    public HttpEndpoints http() {
        return rest;
    }

    @Override
    public ServerControl control() {
        return rest;
    }

    @Override
    public Path directory() {
        return rest.directory();
    }

    @Override
    public MemoryShares memory() {
        return new MemoryShares(1L << 32, 1L << 32);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        background.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
