package org.cairndns.server.net;

import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Transport;

/** UDP socket by the kernel's own calls, in the poll of one event loop. */
final class NativeUdpSocket implements UdpSocket {
    /** What the kernel is asked to hold for a lane: hundreds of datagrams, a moment of one client. */
    private static final int LANE_BUFFER_OCTETS = 1 << 20;

    /** Longest wait for a loop to let go of a socket, which one that hangs does not do. */
    private static final long CLOSE_NANOS = 2_000_000_000L;

    private final NativeLoop loop;
    private final InetSocketAddress local;
    private final NativeDatagrams datagrams;
    private final IoRegistration registration;

    private NativeUdpSocket(
            NativeLoop loop, InetSocketAddress local, NativeDatagrams datagrams, IoRegistration registration) {
        this.loop = loop;
        this.local = local;
        this.datagrams = datagrams;
        this.registration = registration;
    }

    /**
     * Binds a socket and starts to answer.
     *
     * @throws IOException if the address cannot be bound
     */
    static NativeUdpSocket open(NativeLoop loop, InetSocketAddress address, String server, QueryRunner runner)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SocketAddresses.OCTETS, Long.BYTES);
            int descriptor = bind(new SocketCalls(arena), address, name, BUFFER_OCTETS);
            InetSocketAddress local = SocketAddresses.read(name, 0);
            return register(loop, descriptor, runner, new ListenerInfo(Transport.UDP, server, local));
        } catch (IOException e) {
            throw BindFailure.of("udp", address, e);
        } catch (OutOfMemoryError e) {
            throw new IOException("listen udp " + address + ": " + e.getMessage(), e);
        }
    }

    /** A descriptor bound to an address, whose real port is written to the name. */
    private static int bind(SocketCalls calls, InetSocketAddress address, MemorySegment name, int bufferOctets)
            throws IOException {
        boolean ipv6 = SocketAddresses.isIpv6(address);
        int descriptor = calls.open(ipv6, bufferOctets);
        try {
            if (address.getAddress().isAnyLocalAddress()) {
                calls.tellAskedAddress(descriptor, ipv6);
            }
            calls.bind(descriptor, name, SocketAddresses.write(address, name, 0));
            calls.name(descriptor, name);
            return descriptor;
        } catch (Throwable e) {
            new FileDescriptor(descriptor).close();
            throw e;
        }
    }

    /**
     * Opens one more receive queue of this socket's address, which is read by the same loop and answered through this one.
     *
     * @throws IOException if it cannot be opened
     */
    NativeLane openLane() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(SocketAddresses.OCTETS, Long.BYTES);
            int descriptor = bind(new SocketCalls(arena), local, name, LANE_BUFFER_OCTETS);
            return NativeLane.register(loop.loop(), datagrams, descriptor);
        }
    }

    /** Tells the watch over the receive queue something, soon on the socket's loop. */
    void watch(Consumer<Backlog> told) {
        loop.loop().execute(() -> told.accept(datagrams.backlog()));
    }

    /** Has a loop read a descriptor; one that no loop reads would get a part of the queries. */
    private static NativeUdpSocket register(NativeLoop loop, int descriptor, QueryRunner runner, ListenerInfo listener)
            throws IOException {
        try {
            NativeDatagrams datagrams = new NativeDatagrams(loop, descriptor, runner, listener);
            IoRegistration registration =
                    loop.loop().register(datagrams).syncUninterruptibly().getNow();
            datagrams.start(registration);
            loop.loop().execute(() -> loop.turns().join(datagrams, registration));
            return new NativeUdpSocket(loop, listener.localAddress(), datagrams, registration);
        } catch (Throwable e) {
            new FileDescriptor(descriptor).close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public OptionalInt descriptor() {
        return OptionalInt.of(datagrams.fd().intValue());
    }

    /** Never: which response leaves first is the kernel's business here. */
    @Override
    public boolean shed(Optional<ShedCounts> counts) {
        return counts.isEmpty();
    }

    @Override
    public CompletableFuture<Void> end() {
        datagrams.endWithReplies();
        registration.cancel();
        return datagrams.silent();
    }

    @Override
    public void awaitEnd(long nanos) {
        try {
            datagrams.closed().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    @Override
    public void close() {
        if (!datagrams.closed().isDone()) {
            registration.cancel();
            datagrams.closeSoon();
            datagrams
                    .closed()
                    .copy()
                    .completeOnTimeout(null, CLOSE_NANOS, TimeUnit.NANOSECONDS)
                    .join();
        }
    }
}
