package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Edits of records that differ in nothing but their addresses: several A or AAAA records with one TTL whose owner is a
 * pointer, as answers for services have.
 *
 * <pre>
 *    0 owner, a pointer   2 type   4 class   6 TTL   10 length   12 address, 4 or 16 octets
 * </pre>
 *
 * <p>All are of one size, so that the n-th is found without a look at those before it.
 */
final class AddressRecords {
    private static final int TYPE = 2;
    private static final int TTL = 6;
    private static final int LENGTH = 10;
    private static final int ADDRESS = 12;
    private static final int IPV4_OCTETS = ADDRESS + 4;
    private static final int IPV6_OCTETS = ADDRESS + 16;
    private static final int POINTER_BITS = 0xc0;

    private AddressRecords() {}

    /** True if these are 2 or more records of which all this holds. */
    static boolean areAlike(byte[] records, int count) {
        if (count < 2 || records.length % count != 0) {
            return false;
        }
        int size = records.length / count;
        int type = size == IPV4_OCTETS ? RecordType.A : RecordType.AAAA;
        boolean address = (size == IPV4_OCTETS || size == IPV6_OCTETS)
                && (records[0] & POINTER_BITS) == POINTER_BITS
                && RecordOctets.unsignedShort(records, TYPE) == type
                && RecordOctets.unsignedShort(records, LENGTH) == size - ADDRESS;
        for (int at = size; address && at < records.length; at += size) {
            address = Arrays.equals(records, 0, ADDRESS, records, at, at + ADDRESS);
        }
        return address;
    }

    /** The TTL on the wire of alike records. */
    static int ttlSeconds(byte[] records) {
        return RecordOctets.unsignedShort(records, TTL) << 16 | RecordOctets.unsignedShort(records, TTL + 2);
    }

    /** Sets the TTL of {@code count} alike records. */
    static void setTtls(ByteBuf message, int from, int count, int size, int ttlSeconds) {
        for (int i = 0; i < count; i++) {
            message.setInt(from + i * size + TTL, ttlSeconds);
        }
    }

    /**
     * Puts {@code kept} of a response's records, which are alike, to the front, each chosen with the same chance and in
     * random order; the others are not shuffled, as they are to be cut off.
     *
     * @param from where the records start
     */
    static void draw(ByteBuf message, int from, Response response, int kept, RandomGenerator random) {
        int count = response.recordCount();
        int size = response.recordOctets() / count;
        int draws = Math.min(kept, count - 1);
        for (int i = 0; i < draws; i += 2) {
            long bits = random.nextLong();
            swap(message, from, size, i, i + below(count - i, bits >>> 32));
            if (i + 1 < draws) {
                swap(message, from, size, i + 1, i + 1 + below(count - i - 1, bits & 0xffff_ffffL));
            }
        }
    }

    /** A number below a bound out of 32 random bits; chances differ by less than 2^-16 of themselves. */
    private static int below(int bound, long bits) {
        return (int) (bits * bound >>> 32);
    }

    private static void swap(ByteBuf message, int from, int size, int a, int b) {
        int left = from + a * size + ADDRESS;
        int right = from + b * size + ADDRESS;
        if (size == IPV4_OCTETS) {
            int address = message.getInt(left);
            message.setInt(left, message.getInt(right));
            message.setInt(right, address);
        } else {
            swapLong(message, left, right);
            swapLong(message, left + Long.BYTES, right + Long.BYTES);
        }
    }

    private static void swapLong(ByteBuf message, int left, int right) {
        long octets = message.getLong(left);
        message.setLong(left, message.getLong(right));
        message.setLong(right, octets);
    }
}
