package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import java.util.random.RandomGenerator;

/** In-place edits of well-formed records in a buffer. */
final class RecordScan {
    private RecordScan() {}

    /** Position behind the record at {@code at}. */
    static int next(ByteBuf message, int at) {
        int fixed = skipName(message, at);
        return fixed + 10 + message.getUnsignedShort(fixed + 8);
    }

    static int skipName(ByteBuf message, int from) {
        int at = from;
        while (true) {
            int length = message.getUnsignedByte(at);
            if (length == 0) {
                return at + 1;
            }
            if (length >= 0xc0) {
                return at + 2;
            }
            at += length + 1;
        }
    }

    /** Sets the TTL of {@code count} records from {@code from} on. */
    static void setTtls(ByteBuf message, int from, int count, int ttlSeconds) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int fixed = skipName(message, at);
            message.setInt(fixed + 4, ttlSeconds);
            at = fixed + 10 + message.getUnsignedShort(fixed + 8);
        }
    }

    /** Puts each run of address records of one type with an equal size into a random order. */
    static void shuffleAddresses(ByteBuf message, int from, int count, RandomGenerator random) {
        int runStart = from;
        int runLength = 0;
        int runKind = 0;
        int at = from;
        for (int i = 0; i < count; i++) {
            int fixed = skipName(message, at);
            int next = fixed + 10 + message.getUnsignedShort(fixed + 8);
            int type = message.getUnsignedShort(fixed);
            boolean movable = (type == RecordType.A || type == RecordType.AAAA) && fixed == at + 2;
            int kind = movable ? type : 0;
            if (kind != runKind) {
                shuffle(message, runStart, runLength, runKind, random);
                runStart = at;
                runLength = 0;
                runKind = kind;
            }
            runLength++;
            at = next;
        }
        shuffle(message, runStart, runLength, runKind, random);
    }

    private static void shuffle(ByteBuf message, int start, int length, int kind, RandomGenerator random) {
        if (kind == 0) {
            return;
        }
        // A pointer as owner, ten octets of type, class, TTL and length, the address.
        int size = 2 + 10 + (kind == RecordType.A ? 4 : 16);
        for (int i = length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            swap(message, start + i * size, start + other * size, size);
        }
    }

    private static void swap(ByteBuf message, int a, int b, int size) {
        for (int i = 0; i < size; i += 4) {
            int left = message.getInt(a + i);
            message.setInt(a + i, message.getInt(b + i));
            message.setInt(b + i, left);
        }
    }
}
