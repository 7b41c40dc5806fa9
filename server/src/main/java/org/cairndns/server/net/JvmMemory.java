package org.cairndns.server.net;

import io.netty.util.internal.PlatformDependent;
import org.cairndns.plugin.spi.MemoryShares;

/** The memory that the options of the JVM allow. */
public final class JvmMemory {
    private JvmMemory() {}

    /** The shares of it; direct memory is that which buffers of sockets may take, {@code -XX:MaxDirectMemorySize}. */
    public static MemoryShares shares() {
        return new MemoryShares(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory());
    }
}
