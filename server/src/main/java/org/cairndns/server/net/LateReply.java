package org.cairndns.server.net;

import io.netty.util.concurrent.EventExecutor;
import java.util.function.Consumer;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/**
 * Listener that takes a pending reply to the event loop of its query, whatever thread completes it; who completes it hears
 * nothing of what goes wrong then.
 */
abstract class LateReply implements Consumer<Reply>, Runnable {
    private final EventExecutor loop;
    private final QueryRunner runner;
    private final Query query;

    /** Null until it came on another thread; handed over by the loop's queue. */
    private @Nullable Reply reply;

    LateReply(EventExecutor loop, QueryRunner runner, Query query) {
        this.loop = loop;
        this.runner = runner;
        this.query = query;
    }

    /** Sends the reply; on the loop. */
    abstract void send(Reply late);

    /** Sending it threw: nobody may wait for it any longer; on the loop. */
    void failed(Throwable cause) {
        runner.panicked(query, cause);
    }

    private void sendOrFail(Reply late) {
        try {
            send(late);
        } catch (Throwable e) {
            failed(e);
        }
    }

    @Override
    public void accept(Reply late) {
        if (loop.inEventLoop()) {
            sendOrFail(late);
        } else {
            reply = late;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        Reply late = reply;
        if (late != null) {
            sendOrFail(late);
        }
    }
}
