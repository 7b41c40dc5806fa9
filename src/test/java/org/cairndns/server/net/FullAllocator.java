package org.cairndns.server.net;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;

/** Allocator of a process whose memory for buffers is used up, as the JVM says so. */
final class FullAllocator extends AbstractByteBufAllocator {
    FullAllocator() {
        super(true);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        throw full(initialCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        throw full(initialCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    private static OutOfMemoryError full(int octets) {
        return new OutOfMemoryError("Cannot reserve " + octets + " bytes of direct buffer memory");
    }
}
