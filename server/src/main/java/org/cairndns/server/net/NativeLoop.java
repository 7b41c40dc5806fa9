package org.cairndns.server.net;

import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.util.concurrent.ThreadLocalRandom;
import org.cairndns.server.query.SentResponses;

/** What the native sockets of one event loop share; used on that loop only. */
record NativeLoop(IoEventLoop loop, SocketCalls calls, ReceiveBatch batch, SentResponses sent, DatagramTurns turns) {
    /** @param maxSentOctets heap for responses that are sent again */
    static NativeLoop of(IoEventLoop loop, int maxSentOctets) {
        return new NativeLoop(
                loop,
                new SocketCalls(Arena.ofAuto()),
                new ReceiveBatch(),
                new SentResponses(System::nanoTime, ThreadLocalRandom.current().nextLong(), maxSentOctets),
                new DatagramTurns());
    }
}
