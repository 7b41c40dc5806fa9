package org.cairndns.server.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.server.query.SentResponses;

/** The event loops of the process with the channel types that fit them. */
public final class EventLoops {
    private static final int HANDSHAKE_THREADS = 2;

    /** Steps of handshakes that wait; more would be given up by their clients before their turn. */
    private static final int MAX_HANDSHAKES_WAITING = 1024;

    private static final long HANDSHAKE_THREAD_IDLE_SECONDS = 10;

    private final MemoryShares memory;
    private final ConnectionRoom room;
    private final HeldOctets held;
    private final int count;
    private final int maxSentOctets;
    private final LoopGroup group;
    private final boolean epoll;
    private final boolean nativeUdp;
    private final ClientSpread spread;
    private final Map<EventLoop, NativeLoop> nativeLoops = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor handshakes;
    private volatile Optional<String> lost = Optional.empty();

    /** Starts the threads of a server that has the memory of the JVM. */
    public EventLoops(int count, SocketKind sockets) {
        this(count, sockets, JvmMemory.shares());
    }

    /**
     * Starts the threads.
     *
     * @param count threads, at least 1
     * @param sockets what is wanted; what the system has not makes room for the next simpler one
     * @param memory what connections and responses to send again may take of the process's memory
     */
    public EventLoops(int count, SocketKind sockets, MemoryShares memory) {
        this.memory = memory;
        this.room = new ConnectionRoom(memory.connectionOctets());
        this.held = new HeldOctets(memory.heldOctets());
        this.maxSentOctets = (int) Math.min(SentResponses.MAX_HEAP_OCTETS, memory.repeatedOctets() / count);
        this.epoll = sockets != SocketKind.NIO && Epoll.isAvailable();
        this.nativeUdp = sockets == SocketKind.NATIVE && epoll && SocketCalls.areAvailable();
        this.count = count;
        this.spread = new ClientSpread(nativeUdp);
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new LoopGroup(count, factory);
        this.handshakes = new ThreadPoolExecutor(
                HANDSHAKE_THREADS,
                HANDSHAKE_THREADS,
                HANDSHAKE_THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_HANDSHAKES_WAITING),
                new DefaultThreadFactory("tls", true));
        handshakes.allowCoreThreadTimeOut(true);
    }

    /** What tables may take of the process's memory. */
    public MemoryShares memory() {
        return memory;
    }

    /** Heap for connections. */
    ConnectionRoom room() {
        return room;
    }

    /** What connections have in buffers. */
    HeldOctets held() {
        return held;
    }

    /** Threads. */
    int count() {
        return count;
    }

    public EventLoopGroup group() {
        return group;
    }

    /** A listening socket was closed although nobody had asked for that; any thread. */
    void lost(String socket) {
        lost = Optional.of(socket + " was closed by a failure");
    }

    /** What serves no longer although nobody has ended it, in words: only a start of the process brings it back. Any thread. */
    public Optional<String> loss() {
        int ended = group.ended();
        return ended == 0 ? lost : Optional.of(ended + " of " + count + " event loops ended by a failure");
    }

    public boolean isEpoll() {
        return epoll;
    }

    /** Takes the long steps of TLS handshakes, whose key operations would hold up a loop; refuses them when it is full. */
    Executor handshakes() {
        return handshakes;
    }

    /** Ends all threads, those of the loops once they had a moment to finish. */
    public void close() {
        group.shutdownGracefully(50, 2000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        handshakes.shutdownNow();
    }

    /**
     * Loops of the UDP sockets of one address, one entry per socket.
     *
     * @param sockets how many are wanted; empty for one per loop
     */
    List<EventLoop> udpLoops(OptionalInt sockets) {
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor loop : group) {
            loops.add((EventLoop) loop);
        }
        if (!epoll) {
            // Without it the kernel does not spread packets over the sockets of an address.
            return loops.subList(0, 1);
        }
        return IntStream.range(0, sockets.orElse(loops.size()))
                .mapToObj(number -> loops.get(number % loops.size()))
                .toList();
    }

    /** True if UDP sockets are read and written by the kernel's own calls. */
    boolean hasNativeUdp() {
        return nativeUdp;
    }

    /** How the kernel spreads the datagrams of an address over its sockets. */
    ClientSpread spread() {
        return spread;
    }

    /** To be run behind each turn of a connection of a loop, so that UDP has its own. */
    Runnable turnsOf(EventLoop loop) {
        return nativeUdp ? nativeLoop(loop).turns()::connection : () -> {};
    }

    /** What native sockets of a loop share. */
    NativeLoop nativeLoop(EventLoop loop) {
        return nativeLoops.computeIfAbsent(loop, of -> NativeLoop.of((IoEventLoop) of, maxSentOctets));
    }

    Class<? extends DatagramChannel> datagramChannel() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}
