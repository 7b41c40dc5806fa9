package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's socket calls as Java calls, for Linux.
 *
 * <p>Numbers and structures are those of x86-64 and aarch64, which are the same here. None is declared critical: a
 * thread in a call that blocks or copies must not hold up the collector.
 */
final class SocketCalls {
    private static final Logger LOG = LoggerFactory.getLogger(SocketCalls.class);

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int EAGAIN = 11;
    static final int EINTR = 4;
    static final int MSG_DONTWAIT = 0x40;
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_IPV6 = 41;
    static final int IP_PKTINFO = 8;
    static final int IPV6_PKTINFO = 50;

    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_BINDTODEVICE = 25;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final long ERRNO =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final int EBADF = 9;

    /**
     * One shape for all calls: five registers of 64 bits, of which a call reads as many and as much as it takes. Each further
     * shape would cost 10 ms at the start.
     */
    private static final FunctionDescriptor FIVE =
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle SOCKET = handle("socket");
    private static final MethodHandle BIND = handle("bind");
    private static final MethodHandle CONNECT = handle("connect");
    private static final MethodHandle GETSOCKNAME = handle("getsockname");
    private static final MethodHandle SETSOCKOPT = handle("setsockopt");
    private static final MethodHandle RECVMMSG = handle("recvmmsg");
    private static final MethodHandle SENDMMSG = handle("sendmmsg");

    /** Where the calls leave errno; one per thread that calls. */
    private final MemorySegment state;

    /** Calls for one thread at a time. */
    SocketCalls(Arena arena) {
        this.state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /** True if this process may call the kernel this way: it runs on Linux, and access to native code is enabled. */
    static boolean areAvailable() {
        try {
            SocketCalls calls = new SocketCalls(Arena.ofAuto());
            // All arguments but the descriptor are right: which one is looked at first differs where a kernel is
            // emulated.
            MemorySegment name = Arena.ofAuto().allocate(SocketAddresses.OCTETS + Long.BYTES, Long.BYTES);
            long length = name.address() + SocketAddresses.OCTETS;
            return ADDRESS.byteSize() == Long.BYTES
                    && call(() -> (int) GETSOCKNAME.invokeExact(calls.state, -1L, name.address(), length, 0L, 0L), name)
                            < 0
                    && calls.errno() == EBADF;
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    private static MethodHandle handle(String name) {
        return LINKER.downcallHandle(LIBC.findOrThrow(name), FIVE, Linker.Option.captureCallState("errno"));
    }

    /** A new non-blocking UDP socket that others may share the port of; its descriptor. */
    int open(boolean ipv6, int bufferOctets) throws IOException {
        int family = ipv6 ? AF_INET6 : AF_INET;
        int fd = checked(
                "socket",
                call(
                        () -> (int) SOCKET.invokeExact(
                                state, (long) family, (long) SOCK_DGRAM_NONBLOCK_CLOEXEC, 0L, 0L, 0L),
                        state));
        set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
        set(fd, SOL_SOCKET, SO_RCVBUF, bufferOctets);
        set(fd, SOL_SOCKET, SO_SNDBUF, bufferOctets);
        if (ipv6) {
            set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        }
        return fd;
    }

    /** Lets a socket say with each datagram which local address it came to; see {@link PacketInfo}. */
    void tellAskedAddress(int fd, boolean ipv6) throws IOException {
        if (ipv6) {
            set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        } else {
            set(fd, IPPROTO_IP, IP_PKTINFO, 1);
        }
    }

    /**
     * Gives datagrams to the sockets that share this one's address as a program says.
     *
     * @throws IOException if the kernel does not know how
     */
    void spread(int fd, SpreadProgram program) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            set(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program.write(arena));
        }
    }

    /**
     * Gives new connections to a successor that has bound the address of this listening socket too, if there is one.
     *
     * @throws IOException if the kernel does not know how
     */
    void handOver(int fd) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            set(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, SecondSocket.program(arena));
        }
    }

    private void set(int fd, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            set(fd, level, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    private void set(int fd, int level, int option, MemorySegment value) throws IOException {
        checked(
                "setsockopt",
                call(
                        () -> (int) SETSOCKOPT.invokeExact(
                                state, (long) fd, (long) level, (long) option, value.address(), value.byteSize()),
                        value));
    }

    /** Binds to a socket address as the kernel lays it out. */
    void bind(int fd, MemorySegment address, int octets) throws IOException {
        checked(
                "bind",
                call(
                        () -> (int) BIND.invokeExact(state, (long) fd, address.address(), (long) octets, 0L, 0L),
                        address));
    }

    /** Lets a socket receive from one peer only; it still sends to any. */
    private void connect(int fd, MemorySegment address, int octets) throws IOException {
        checked(
                "connect",
                call(
                        () -> (int) CONNECT.invokeExact(state, (long) fd, address.address(), (long) octets, 0L, 0L),
                        address));
    }

    /**
     * Ends what a socket receives, without a datagram lost: what comes from now on goes to others that share the address,
     * what had come is still there to be read, and responses may be sent. Where nobody else is there, clients hear that the
     * port is closed.
     *
     * <pre>
     *   SO_BINDTODEVICE ""   to what the socket is bound to, whereupon the kernel files it anew, outside its group
     *   connect to itself    the kernel looks at it for datagrams from itself only
     * </pre>
     *
     * <p>In this order: a program that spreads datagrams over a group need not heed whether a socket is connected.
     */
    void turnAway(int fd, InetSocketAddress local) {
        try (Arena arena = Arena.ofConfined()) {
            set(fd, SOL_SOCKET, SO_BINDTODEVICE, 0);
            InetAddress host = local.getAddress();
            InetAddress self = host.isAnyLocalAddress() ? SocketAddresses.loopbackOf(host) : host;
            MemorySegment name = arena.allocate(SocketAddresses.OCTETS, Long.BYTES);
            int octets = SocketAddresses.write(new InetSocketAddress(self, local.getPort()), name, 0);
            connect(fd, name, octets);
        } catch (IOException e) {
            LOG.debug("udp {}: {}", local, e.toString());
        }
    }

    /** Writes the address that a socket is bound to. */
    void name(int fd, MemorySegment address) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
            checked(
                    "getsockname",
                    call(
                            () -> (int) GETSOCKNAME.invokeExact(
                                    state, (long) fd, address.address(), length.address(), 0L, 0L),
                            address));
        }
    }

    /** Number of messages received into a vector of struct mmsghdr, or minus errno. */
    int receive(int fd, MemorySegment messages, int count) {
        try {
            int received = (int)
                    RECVMMSG.invokeExact(state, (long) fd, messages.address(), (long) count, (long) MSG_DONTWAIT, 0L);
            return received >= 0 ? received : -errno();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            Reference.reachabilityFence(messages);
        }
    }

    /** Number of messages sent from a vector of struct mmsghdr, or minus errno. */
    int send(int fd, MemorySegment messages, int count) {
        try {
            int sent = (int)
                    SENDMMSG.invokeExact(state, (long) fd, messages.address(), (long) count, (long) MSG_DONTWAIT, 0L);
            return sent >= 0 ? sent : -errno();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            Reference.reachabilityFence(messages);
        }
    }

    private interface Call {
        int run() throws Throwable;
    }

    /** Calls while the segment whose address is an argument stays where it is. */
    private static int call(Call call, MemorySegment segment) {
        try {
            return call.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            Reference.reachabilityFence(segment);
        }
    }

    private int checked(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + text(errno()));
        }
        return result;
    }

    private int errno() {
        return state.get(JAVA_INT, ERRNO);
    }

    /** The system's words for an errno, in the C locale. */
    static String text(int errno) {
        try {
            MethodHandle strerror =
                    LINKER.downcallHandle(LIBC.findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));
            MemorySegment words = (MemorySegment) strerror.invokeExact(errno);
            return words.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
