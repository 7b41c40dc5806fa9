package org.cairndns.server.net;

import io.netty.util.concurrent.EventExecutor;
import java.util.function.Consumer;
import org.cairndns.plugin.spi.Reply;
import org.jspecify.annotations.Nullable;

/** Listener that takes a pending reply to the event loop of its query, whatever thread completes it. */
abstract class LateReply implements Consumer<Reply>, Runnable {
    private final EventExecutor loop;

    /** Null until it came on another thread; handed over by the loop's queue. */
    private @Nullable Reply reply;

    LateReply(EventExecutor loop) {
        this.loop = loop;
    }

    /** Sends the reply; on the loop. */
    abstract void send(Reply late);

    @Override
    public void accept(Reply late) {
        if (loop.inEventLoop()) {
            send(late);
        } else {
            reply = late;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        Reply late = reply;
        if (late != null) {
            send(late);
        }
    }
}
