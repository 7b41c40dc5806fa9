package org.cairndns.perf.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The system calls of the load generator, for Linux on x86-64 and aarch64.
 *
 * <p>The JDK's own channels give neither the kernel's time of arrival nor sleep to the microsecond. Those called in the
 * loop take addresses as numbers, so that a call makes no objects.
 */
final class KernelCalls {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int TIMER_ABSTIME = 1;
    private static final int PRIO_PROCESS = 0;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final int INT_OCTETS = 4;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETPRIORITY = handle("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CONNECT = handle("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = handle("close", JAVA_INT);
    private static final MethodHandle SEND = handle("send", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVMMSG = handle("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CLOCK_NANOSLEEP = handle("clock_nanosleep", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle CLOCK_GETTIME = handle("clock_gettime", JAVA_INT, ADDRESS);
    private static final MethodHandle SETNS = handle("setns", JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("open"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle PRCTL = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));

    /** struct timespec: seconds, nanoseconds. */
    private final MemorySegment time;

    /** Calls for one thread. */
    KernelCalls(Arena arena) {
        this.time = arena.allocate(2 * JAVA_LONG.byteSize(), JAVA_LONG.byteAlignment());
    }

    private static MethodHandle handle(String name, java.lang.foreign.MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private interface Call {
        int run() throws Throwable;
    }

    private static int checked(String what, Call call) throws IOException {
        int result;
        try {
            result = call.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (result < 0) {
            throw new IOException(what + " failed");
        }
        return result;
    }

    /** A new UDP socket that does not block. */
    static int open() throws IOException {
        return checked("socket", () -> (int) SOCKET.invokeExact(AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0));
    }

    static void bind(int fd, MemorySegment address) throws IOException {
        checked("bind", () -> (int) BIND.invokeExact(fd, address, (int) address.byteSize()));
    }

    /**
     * Gives this thread a place among those that share its processor.
     *
     * @param nice -20, before all others, to 19
     * @return false if this user must not go before others
     */
    static boolean nice(int nice) {
        try {
            return (int) SETPRIORITY.invokeExact(PRIO_PROCESS, 0, nice) == 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static void connect(int fd, MemorySegment address) throws IOException {
        checked("connect", () -> (int) CONNECT.invokeExact(fd, address, (int) address.byteSize()));
    }

    static void set(int fd, int level, int option, int value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocateFrom(JAVA_INT, value);
            checked("setsockopt", () -> (int) SETSOCKOPT.invokeExact(fd, level, option, place, INT_OCTETS));
        }
    }

    static void close(int fd) throws IOException {
        checked("close", () -> (int) CLOSE.invokeExact(fd));
    }

    /** Lets timers of this thread be on time, not up to 50 microseconds late so that others can share the wake-up. */
    static void wakeOnTime() throws IOException {
        checked("prctl", () -> (int) PRCTL.invokeExact(PR_SET_TIMERSLACK, 1L));
    }

    /** Has this thread open its sockets in another network from now on, see setns(2); root only. */
    static void enterNetwork(Path network) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(network.toString());
            int fd = checked("open of " + network, () -> (int) OPEN.invokeExact(name, O_RDONLY_CLOEXEC));
            try {
                checked("setns", () -> (int) SETNS.invokeExact(fd, CLONE_NEWNET));
            } finally {
                close(fd);
            }
        }
    }

    /** Octets sent; negative if the kernel did not take them. */
    static int send(int fd, long address, int octets) {
        try {
            return (int) SEND.invokeExact(fd, address, (long) octets, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Messages received into a vector of struct mmsghdr; 0 if there is none. */
    static int receive(int fd, MemorySegment messages, int count) {
        try {
            int received = (int) RECVMMSG.invokeExact(fd, messages, count, MSG_DONTWAIT, MemorySegment.NULL);
            return Math.max(0, received);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Sleeps until {@link System#nanoTime} has a value. */
    void sleepUntil(long nanoTime) {
        time.set(JAVA_LONG, 0, nanoTime / NANOS_PER_SECOND);
        time.set(JAVA_LONG, Long.BYTES, nanoTime % NANOS_PER_SECOND);
        try {
            // An early end by a signal is noticed by the caller, who looks at the time anyway.
            int result = (int) CLOCK_NANOSLEEP.invokeExact(CLOCK_MONOTONIC, TIMER_ABSTIME, time, MemorySegment.NULL);
            assert result >= 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The time of day in nanoseconds since 1970, which is what the kernel stamps datagrams with. */
    long timeOfDayNanos() {
        try {
            int result = (int) CLOCK_GETTIME.invokeExact(CLOCK_REALTIME, time);
            assert result == 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return time.get(JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(JAVA_LONG, Long.BYTES);
    }
}
