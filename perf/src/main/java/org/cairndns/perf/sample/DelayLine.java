package org.cairndns.perf.sample;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Responses on their way, each with the moment from which it may leave; first in, first out. For one thread.
 *
 * <p>All room is allocated once: nothing is left for a garbage collector but the addresses that the channel makes.
 */
final class DelayLine {
    private static final int CAPACITY = 8192;
    private static final int MAX_OCTETS = 1024;

    private final ByteBuffer[] buffers = new ByteBuffer[CAPACITY];
    private final SocketAddress[] clients = new SocketAddress[CAPACITY];
    private final long[] dueNanos = new long[CAPACITY];
    private int first;
    private int size;

    DelayLine() {
        ByteBuffer all = ByteBuffer.allocateDirect(CAPACITY * MAX_OCTETS);
        for (int i = 0; i < CAPACITY; i++) {
            buffers[i] = all.slice(i * MAX_OCTETS, MAX_OCTETS);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    /** An empty buffer for the next message, which {@link #add} puts in line; the line must not be full. */
    ByteBuffer free() {
        return buffers[(first + size) % CAPACITY].clear();
    }

    /** Puts what is in {@link #free} between position and limit in line. */
    void add(SocketAddress client, long due) {
        int at = (first + size) % CAPACITY;
        clients[at] = client;
        dueNanos[at] = due;
        size++;
    }

    /** Time until the first may leave, not positive if it may already; the line must not be empty. */
    long nanosToFirst(long nowNanos) {
        return dueNanos[first] - nowNanos;
    }

    ByteBuffer firstBuffer() {
        return buffers[first];
    }

    SocketAddress firstClient() {
        return clients[first];
    }

    void removeFirst() {
        first = (first + 1) % CAPACITY;
        size--;
    }
}
