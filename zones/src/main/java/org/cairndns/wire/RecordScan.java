package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.random.RandomGenerator;

/** In-place edits of well-formed records in a buffer. */
final class RecordScan {
    private static final int POINTER_OCTETS = 2;

    /** Owner, ten octets of type, class, TTL and length, the address. */
    private static final int A_OCTETS = POINTER_OCTETS + 10 + 4;

    private static final int AAAA_OCTETS = POINTER_OCTETS + 10 + 16;

    private RecordScan() {}

    /** Position behind the record at {@code at}. */
    static int next(ByteBuf message, int at) {
        int fixed = skipName(message, at);
        return fixed + 10 + message.getUnsignedShort(fixed + 8);
    }

    /** Octets that the first {@code count} records take. */
    static int octets(byte[] records, int count) {
        ByteBuf buffer = Unpooled.wrappedBuffer(records);
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = next(buffer, at);
        }
        return at;
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

    /**
     * Puts each run of address records of one type into a random order; says where the {@code count} records end.
     *
     * <p>Only records whose owner is a pointer move: they are of one size and hold no label that a name could point to.
     */
    static int shuffleAddresses(ByteBuf message, int from, int count, RandomGenerator random) {
        int runStart = from;
        int runLength = 0;
        int runSize = 0;
        int at = from;
        for (int i = 0; i < count; i++) {
            int fixed = skipName(message, at);
            int next = fixed + 10 + message.getUnsignedShort(fixed + 8);
            int size = sizeIfMovable(message.getUnsignedShort(fixed), fixed - at, next - at);
            if (size != runSize) {
                shuffle(message, runStart, runLength, runSize, random);
                runStart = at;
                runLength = 0;
                runSize = size;
            }
            runLength++;
            at = next;
        }
        shuffle(message, runStart, runLength, runSize, random);
        return at;
    }

    /** Octets of an address record whose owner is a pointer, 0 for any other record. */
    private static int sizeIfMovable(int type, int ownerOctets, int octets) {
        boolean movable =
                type == RecordType.A && octets == A_OCTETS || type == RecordType.AAAA && octets == AAAA_OCTETS;
        return movable && ownerOctets == POINTER_OCTETS ? octets : 0;
    }

    private static void shuffle(ByteBuf message, int start, int length, int size, RandomGenerator random) {
        if (size == 0) {
            return;
        }
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
