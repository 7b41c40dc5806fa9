package org.cairndns.server.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event loops that no error ends, but the end of their group.
 *
 * <p>A loop of Netty's ends at an {@link Error} that gets to it, such as the {@link OutOfMemoryError} of memory outside of the
 * heap, and nobody reads its sockets any more: a part of all queries vanishes.
 */
final class LoopGroup extends MultiThreadIoEventLoopGroup {
    private static final Logger LOG = LoggerFactory.getLogger(LoopGroup.class);

    /** @param count threads, at least 1 */
    LoopGroup(int count, IoHandlerFactory factory) {
        super(count, new DefaultThreadFactory("dns", true), factory);
    }

    /** How many of them have ended or are about to, which is none unless the group is closed; any thread. */
    int ended() {
        int ended = 0;
        for (EventExecutor loop : this) {
            ended += loop.isShuttingDown() ? 1 : 0;
        }
        return ended;
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... args) {
        return new Loop(this, executor, factory);
    }

    private static final class Loop extends SingleThreadIoEventLoop {
        Loop(LoopGroup group, Executor executor, IoHandlerFactory factory) {
            super(group, executor, factory);
        }

        @Override
        protected int runIo() {
            try {
                return super.runIo();
            } catch (Throwable e) {
                LOG.error("Recovered from failure of a turn of an event loop", e);
                return 0;
            }
        }
    }
}
