package org.cairndns.plugin.health.status;

import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.jspecify.annotations.Nullable;

/**
 * A page that is made once a second at most, however often it is asked for: all who ask within that second get the same.
 * Any thread.
 */
final class Memo implements Responder {
    private static final int OK = 200;
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final String contentType;
    private final Supplier<String> maker;
    private final LongSupplier nanoTime;
    private @Nullable Page page;
    private long madeNanos;

    Memo(String contentType, Supplier<String> maker, LongSupplier nanoTime) {
        this.contentType = contentType;
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Page get() {
        long now = nanoTime.getAsLong();
        Page known = page;
        if (known == null || now - madeNanos >= FRESH_NANOS) {
            byte[] body = maker.get().getBytes(StandardCharsets.UTF_8);
            known = new Page(OK, contentType, body, SafeHeaders.CHANGING);
            page = known;
            madeNanos = now;
        }
        return known;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }
}
