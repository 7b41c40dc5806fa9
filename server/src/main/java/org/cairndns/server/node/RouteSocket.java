package org.cairndns.server.node;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A socket to the kernel's table of addresses (netlink(7)), for Linux and one thread; blocks until the kernel answers. */
final class RouteSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    private static final int MAX_OCTETS = 4096;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final long ERRNO =
            Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
    private final int descriptor;

    RouteSocket() throws IOException {
        MethodHandle socket = handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            descriptor = (int) socket.invokeExact(state, AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (descriptor < 0) {
            arena.close();
            throw new IOException("socket: error " + state.get(JAVA_INT, ERRNO));
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
    }

    private static FunctionDescriptor transfer() {
        return FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    }

    /** Sends a message to the kernel. */
    void send(byte[] message) throws IOException {
        MethodHandle send = handle("send", transfer());
        MemorySegment octets = arena.allocateFrom(JAVA_BYTE, message);
        try {
            checked("send", (long) send.invokeExact(state, descriptor, octets, octets.byteSize(), 0));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The next message of the kernel's. */
    byte[] receive() throws IOException {
        MethodHandle receive = handle("recv", transfer());
        MemorySegment octets = arena.allocate(MAX_OCTETS);
        try {
            long length = checked("recv", (long) receive.invokeExact(state, descriptor, octets, (long) MAX_OCTETS, 0));
            return octets.asSlice(0, length).toArray(JAVA_BYTE);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private long checked(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": error " + state.get(JAVA_INT, ERRNO));
        }
        return result;
    }

    @Override
    public void close() {
        MethodHandle close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        try {
            int ignored = (int) close.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        arena.close();
    }
}
