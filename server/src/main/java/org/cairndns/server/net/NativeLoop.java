package org.cairndns.server.net;

import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;

/** What the native sockets of one event loop share; used on that loop only. */
record NativeLoop(IoEventLoop loop, SocketCalls calls, ReceiveBatch batch) {
    static NativeLoop of(IoEventLoop loop) {
        return new NativeLoop(loop, new SocketCalls(Arena.ofAuto()), new ReceiveBatch());
    }
}
