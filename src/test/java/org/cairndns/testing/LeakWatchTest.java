package org.cairndns.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

class LeakWatchTest {
    private static final ExtensionContext NO_CONTEXT = null;

    @Test
    void afterAll_bufferNotReleased_fails() throws Exception {
        LeakWatch watch = new LeakWatch();
        watch.beforeAll(NO_CONTEXT);
        for (int i = 0; i < 10; i++) {
            assertThat(PooledByteBufAllocator.DEFAULT.directBuffer(100 + i).isReadable())
                    .isFalse();
        }

        assertThatThrownBy(() -> watch.afterAll(NO_CONTEXT)).hasMessageContaining("LEAK");
    }

    @Test
    void afterAll_buffersReleased_passes() throws Exception {
        LeakWatch watch = new LeakWatch();
        watch.beforeAll(NO_CONTEXT);
        for (int i = 0; i < 10; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(100 + i).release();
        }

        watch.afterAll(NO_CONTEXT);
    }
}
