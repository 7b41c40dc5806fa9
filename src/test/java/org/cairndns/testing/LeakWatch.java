package org.cairndns.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class during which Netty reported a buffer that nobody released.
 *
 * <p>Tests run with paranoid detection: each buffer is tracked, and one that was collected without a release is
 * reported when the next is made.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
    private final Logger logger = Logger.getLogger("io.netty.util.ResourceLeakDetector");
    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("LEAK")) {
                reports.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        // What tests before this one left behind is theirs.
        reports();
        reports.clear();
        logger.addHandler(collector);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        try {
            assertThat(reports()).isEmpty();
        } finally {
            logger.removeHandler(collector);
            logger.setUseParentHandlers(true);
        }
    }

    /** Reports so far, after a collection of garbage that leaves none to come. */
    List<String> reports() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> garbage = new WeakReference<>(new Object(), queue);
        System.gc();
        assertThat(queue.remove(10_000)).isSameAs(garbage);
        for (int i = 0; i < 64; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(16).release();
            PooledByteBufAllocator.DEFAULT.heapBuffer(16).release();
            UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        return List.copyOf(reports);
    }
}
