package org.cairndns.server.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an event loop does when it polls a receive queue of a few clients: has one batch of it answered by the socket that
 * all others share, and turns to what else there is.
 */
final class NativeLane implements EpollIoHandle {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLane.class);

    private final NativeDatagrams socket;
    private final FileDescriptor descriptor;
    private final Future<IoRegistration> registration;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile long crowdedNanos = System.nanoTime();

    private NativeLane(IoEventLoop loop, NativeDatagrams socket, int descriptor) {
        this.socket = socket;
        this.descriptor = new FileDescriptor(descriptor);
        this.registration = loop.register(this);
    }

    /** Lets a loop read a descriptor, which is closed with the lane; does not wait for the loop. */
    static NativeLane register(IoEventLoop loop, NativeDatagrams socket, int descriptor) {
        NativeLane lane = new NativeLane(loop, socket, descriptor);
        lane.registration.addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                registered.getNow().submit(EpollIoOps.EPOLLIN);
            } else {
                lane.close();
            }
        });
        return lane;
    }

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    /** Throws nothing, as that of {@link NativeDatagrams}. */
    @Override
    public void handle(IoRegistration same, IoEvent event) {
        try {
            if (socket.receiveBeside(descriptor, false)) {
                crowdedNanos = System.nanoTime();
            }
        } catch (Throwable e) {
            LOG.error("a turn of a single client's queue failed", e);
        }
    }

    /** When a turn last left datagrams behind, by {@link System#nanoTime}; any thread. */
    long crowdedNanos() {
        return crowdedNanos;
    }

    /** Closes once what has come is answered; any thread. */
    void end() {
        registration.addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                registered.getNow().cancel();
            }
        });
    }

    /** Done when it is closed. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    @Override
    public void unregistered() {
        try {
            socket.receiveBeside(descriptor, true);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        try {
            descriptor.close();
        } catch (IOException e) {
            LOG.debug("lane: {}", e.toString());
        }
        closed.complete(null);
    }
}
