package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.server.query.SentResponses;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ReadResult;
import org.cairndns.wire.ResponseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an event loop does when it polls one UDP socket: reads, answers and writes in batches, without an object per
 * datagram.
 *
 * <p>The loop calls it. The socket is closed when the loop lets go of it, or once replies on their way have left.
 */
final class NativeDatagrams implements EpollIoHandle {
    private static final Logger LOG = LoggerFactory.getLogger(NativeDatagrams.class);

    /** Receives of one turn, so that the loop's other sockets get theirs. */
    private static final int MAX_RECEIVES = 4;

    /** Datagrams of a lane's turn, fewer than of others': all wait for it. */
    private static final int LANE_BATCH = 16;

    /** Receives of the last turn: as much as the kernel holds for a socket in small datagrams. */
    private static final int MAX_LAST_RECEIVES = 128;

    /** Room for a response that has a header, a question and an OPT record. */
    private static final int MAX_ERROR_OCTETS = 512;

    private static final EpollIoOps READ_AND_WRITE = EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT);

    private final IoEventLoop loop;
    private final FileDescriptor descriptor;
    private final SocketCalls calls;
    private final ReceiveBatch batch;
    private final SentResponses sent;
    private final SendQueue queue;
    private final QueryRunner runner;
    private final ListenerInfo listener;
    private final AskedAddresses asked;
    private final Backlog backlog;
    private final CompletableFuture<Void> silent = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    /** Replies that did not come at once, and are on their way. */
    private int awaited;

    /** True if the socket stays for replies on their way when it reads no more. */
    private volatile boolean patient;

    /** True while a flush of late replies waits for the end of the loop's turn. */
    private boolean flushDue;

    /** True while the kernel takes no more datagrams. */
    private boolean blocked;

    /** The runner's {@link QueryRunner#replaced} when responses sent before were last known to be of its blocks. */
    private int replaced;

    /** Null before the first and after the last read. */
    private @Nullable IoRegistration registration;

    NativeDatagrams(NativeLoop shared, int fd, QueryRunner runner, ListenerInfo listener) {
        this.loop = shared.loop();
        this.descriptor = new FileDescriptor(fd);
        this.calls = shared.calls();
        this.batch = shared.batch();
        this.queue = new SendQueue(calls, fd, SocketAddresses.isIpv6(listener.localAddress()));
        this.sent = shared.sent();
        this.runner = runner;
        this.listener = listener;
        this.asked = new AskedAddresses(listener);
        this.backlog = new Backlog(SocketAddresses.isIpv6(listener.localAddress()));
    }

    /** Starts to read and answer; any thread. */
    void start(IoRegistration registered) {
        loop.execute(() -> {
            registration = registered;
            registered.submit(EpollIoOps.EPOLLIN);
        });
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    /** Throws nothing: what Netty's loop catches here ends it, or has it sleep for a second. */
    @Override
    public void handle(IoRegistration same, IoEvent event) {
        try {
            boolean remains = receive(descriptor, MAX_RECEIVES, ReceiveBatch.DATAGRAMS, backlog.isLate());
            backlog.turned(remains, batch);
            flush();
        } catch (Throwable e) {
            Faults.count(LOG, runner, "udp", listener.localAddress(), e);
        }
    }

    /** Answers a batch that waits in a queue beside this socket's, or all of the queue's end; true if there may be more. */
    boolean receiveBeside(FileDescriptor lane, boolean last) {
        if (!descriptor.isOpen() || blocked) {
            // Others wait for the kernel to take their responses; who floods gets none meanwhile.
            return batch.receive(calls, lane.intValue(), LANE_BATCH) == LANE_BATCH;
        }
        boolean more = receive(lane, last ? MAX_LAST_RECEIVES : 1, LANE_BATCH, false);
        flush();
        return more;
    }

    /** The watch over the queue; for the loop. */
    Backlog backlog() {
        return backlog;
    }

    /** Answers what waits in a queue, on request without what {@link Backlog} leaves out; true if there may be more. */
    private boolean receive(FileDescriptor from, int maxReceives, int most, boolean selects) {
        int received;
        int receives = 0;
        int blocks = runner.replaced();
        if (blocks != replaced) {
            // What a configuration of the past has sent would keep all of it in memory.
            replaced = blocks;
            sent.clear();
        }
        sent.begin();
        do {
            received = batch.receive(calls, from.intValue(), most);
            for (int i = 0; i < received; i++) {
                if (!selects || !backlog.isLeftOver(batch, i)) {
                    answerOrDrop(i);
                }
            }
            runner.arrivals().add(received);
        } while (received == most && ++receives < maxReceives);
        return received == most;
    }

    /** One datagram takes nothing from those behind it, whatever it brings about. */
    private void answerOrDrop(int index) {
        try {
            answer(index);
        } catch (Throwable e) {
            queue.takeBack();
            Faults.count(LOG, runner, "udp", listener.localAddress(), e);
        }
    }

    private void answer(int index) {
        ByteBuf octets = batch.content(index);
        ListenerInfo to = asked.of(batch, index);
        if (!queue.hasRoom(SentResponses.MAX_RESPONSE_OCTETS)) {
            sent.skip();
        } else if (sent.repeat(octets, to, queue.room())) {
            queue.addReply(batch, index);
            return;
        }
        switch (QueryReader.read(octets, batch.client(index), to)) {
            case Query query -> answer(query, index);
            case ReadResult.Rejected rejected -> {
                if (queue.hasRoom(MAX_ERROR_OCTETS)) {
                    ResponseWriter.writeRejected(rejected, queue.room());
                    queue.addReply(batch, index);
                }
            }
            case ReadResult.Ignored ignored -> {}
        }
    }

    private void answer(Query query, int index) {
        sent.watch(runner, query);
        Reply reply = runner.run(query);
        if (reply instanceof Reply.Pending pending) {
            awaited++;
            pending.whenDone(new LateReply(loop, runner, query) {
                @Override
                void send(Reply late) {
                    sendLate(query, late);
                }
            });
        } else if (written(query, reply)) {
            sent.keep(batch.content(index), query, reply, queue.room(), queue.end());
            queue.addReply(batch, index);
        }
    }

    /** True if there was room, and the reply is one to send; a client whose response is dropped asks again. */
    private boolean written(Query query, Reply reply) {
        return queue.hasRoom(query.maxResponseOctets()) && runner.write(query, reply, queue.room());
    }

    /** Upstreams answer in bursts too: all that one turn of the loop brings leaves in one flush. */
    private void sendLate(Query query, Reply reply) {
        awaited--;
        if (!descriptor.isOpen()) {
            return;
        }
        if (written(query, reply)) {
            if (asked.isEverywhere()) {
                queue.add(query.client(), query.listener().localAddress().getAddress());
            } else {
                queue.add(query.client());
            }
        }
        if (!flushDue) {
            flushDue = true;
            loop.execute(this::flushLate);
        }
    }

    private void flushLate() {
        flushDue = false;
        if (descriptor.isOpen()) {
            flush();
            closeIfDone();
        }
    }

    private void flush() {
        boolean full = !queue.flush();
        if (full != blocked && registration != null) {
            blocked = full;
            registration.submit(full ? READ_AND_WRITE : EpollIoOps.EPOLLIN);
        }
    }

    /** Done when the socket reads no more. */
    CompletableFuture<Void> silent() {
        return silent;
    }

    /** Done when the socket is closed. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Lets the socket stay for replies on their way when its registration is cancelled; any thread. */
    void endWithReplies() {
        patient = true;
    }

    /** Closes the socket, whatever is on its way; any thread. */
    void closeSoon() {
        patient = false;
        loop.execute(this::closeIfDone);
    }

    /** What comes from now on goes to others, what had come is answered still. */
    @Override
    public void unregistered() {
        loop.schedule(this::fallSilent, UdpSocket.LAST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        calls.turnAway(descriptor.intValue(), listener.localAddress());
        receive(descriptor, MAX_LAST_RECEIVES, ReceiveBatch.DATAGRAMS, false);
        flush();
    }

    private void fallSilent() {
        if (descriptor.isOpen()) {
            receive(descriptor, MAX_LAST_RECEIVES, ReceiveBatch.DATAGRAMS, false);
            flush();
        }
        sent.clear();
        registration = null;
        closeIfDone();
        silent.complete(null);
    }

    private void closeIfDone() {
        if (registration == null && !(patient && awaited > 0)) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            descriptor.close();
        } catch (IOException e) {
            LOG.debug("udp {}: {}", listener.localAddress(), e.toString());
        }
        closed.complete(null);
    }
}
