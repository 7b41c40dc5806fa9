package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.Test;

class LoopGroupTest {
    private static final int FAILURES = 5;

    /** Turns so far that failed. */
    private final AtomicInteger failed = new AtomicInteger();

    @Test
    void turn_thatAnErrorEnds_isNotTheLast() throws Exception {
        LoopGroup group = new LoopGroup(1, failing());
        try {
            EventLoop loop = group.next();

            assertThat(loop.submit(() -> "done").get(10, TimeUnit.SECONDS)).isEqualTo("done");

            Await.until("turns that fail", () -> {
                loop.execute(() -> {});
                return failed.get() == FAILURES;
            });
            assertThat(loop.submit(() -> "done").get(10, TimeUnit.SECONDS)).isEqualTo("done");
            assertThat(group.ended()).isZero();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void loop_thatEnds_isCounted() throws Exception {
        LoopGroup group = new LoopGroup(2, NioIoHandler.newFactory());
        try {
            assertThat(group.ended()).isZero();

            group.next().shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);

            assertThat(group.ended()).isEqualTo(1);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    private IoHandlerFactory failing() {
        IoHandlerFactory real = NioIoHandler.newFactory();
        return executor -> new FailingHandler(real.newHandler(executor));
    }

    private final class FailingHandler implements IoHandler {
        private final IoHandler real;

        FailingHandler(IoHandler real) {
            this.real = real;
        }

        @Override
        public int run(IoHandlerContext context) {
            if (failed.get() < FAILURES) {
                failed.incrementAndGet();
                throw new OutOfMemoryError("Cannot reserve 4096 bytes of direct buffer memory");
            }
            return real.run(context);
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return real.register(handle);
        }

        @Override
        public void wakeup() {
            real.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return real.isCompatible(type);
        }
    }
}
