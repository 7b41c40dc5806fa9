package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRecordsTest {
    private static final int POINTER = 0xc00c;
    private static final int IPV4_SIZE = 16;
    private static final int IPV6_SIZE = 28;
    private static final long SEED = 7;

    @Test
    void areAlike_severalAddressesOfOneRrset_is() {
        assertThat(AddressRecords.areAlike(ipv4(2), 2)).isTrue();
        assertThat(AddressRecords.areAlike(ipv6(3), 3)).isTrue();
    }

    @Test
    void areAlike_recordsThatDifferInMore_isNot() {
        byte[] otherTtl = ipv4(3);
        otherTtl[2 * IPV4_SIZE + 9] ^= 1;
        byte[] otherOwner = ipv4(3);
        otherOwner[IPV4_SIZE + 1] ^= 1;
        byte[] otherType = ipv4(3);
        otherType[3] = RecordType.TXT;

        assertThat(AddressRecords.areAlike(ipv4(1), 1)).isFalse();
        assertThat(AddressRecords.areAlike(new byte[0], 0)).isFalse();
        assertThat(AddressRecords.areAlike(otherTtl, 3)).isFalse();
        assertThat(AddressRecords.areAlike(otherOwner, 3)).isFalse();
        assertThat(AddressRecords.areAlike(otherType, 3)).isFalse();
        // Seven records of 16 octets are as long as four of 28.
        assertThat(AddressRecords.areAlike(ipv4(7), 4)).isFalse();
    }

    @Test
    void areAlike_ownersInFull_isNot() {
        // An owner of one label of one octet, RDATA of 3 octets: the size of an A record with a pointer.
        byte[] records = new Octets()
                .name("a.")
                .fixed(RecordType.A, 3)
                .raw(1, 2, 3)
                .name("a.")
                .fixed(RecordType.A, 3)
                .raw(1, 2, 3)
                .toArray();

        assertThat(records).hasSize(2 * IPV4_SIZE);
        assertThat(AddressRecords.areAlike(records, 2)).isFalse();
    }

    @Test
    void setTtls_ofSomeRecords_leavesTheRest() {
        ByteBuf message = Unpooled.wrappedBuffer(ipv6(3));

        AddressRecords.setTtls(message, 0, 2, IPV6_SIZE, 0x7fffffff);

        assertThat(message.getInt(6)).isEqualTo(0x7fffffff);
        assertThat(message.getInt(IPV6_SIZE + 6)).isEqualTo(0x7fffffff);
        assertThat(message.getInt(2 * IPV6_SIZE + 6)).isEqualTo(60);
    }

    @Test
    void draw_ofAll_reachesEveryOrder() {
        Set<String> orders = new HashSet<>();
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            orders.add(Arrays.toString(drawn(ipv4(4), IPV4_SIZE, 4, 4, random)));
        }

        assertThat(orders).hasSize(24);
    }

    @ParameterizedTest
    @CsvSource({"16, 10, 10", "16, 10, 3", "28, 9, 4", "28, 2, 1", "16, 3, 0"})
    void draw_ofSome_givesEachAddressTheSameChanceOfEachPlace(int size, int count, int kept) {
        int rounds = 3000;
        int[][] places = new int[count][count];
        Random random = new Random(SEED);
        for (int i = 0; i < rounds; i++) {
            int[] order = drawn(size == IPV4_SIZE ? ipv4(count) : ipv6(count), size, count, kept, random);
            assertThat(order).doesNotHaveDuplicates();
            for (int place = 0; place < kept; place++) {
                places[place][order[place]]++;
            }
        }

        double expected = (double) rounds / count;
        for (int place = 0; place < kept; place++) {
            assertThat(Arrays.stream(places[place]))
                    .as("seed %d, place %d", SEED, place)
                    .allMatch(times -> Math.abs(times - expected) < 5 * Math.sqrt(expected));
        }
    }

    /** Numbers of the records by place; fails where an address is torn. */
    private static int[] drawn(byte[] records, int size, int count, int kept, Random random) {
        ByteBuf message = Unpooled.wrappedBuffer(new byte[5], records);
        AddressRecords.draw(message, 5, Response.own(Rcode.NOERROR, true, count, records), kept, random);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int at = 5 + i * size;
            order[i] = message.getUnsignedByte(at + size - 1);
            assertThat(message.getUnsignedShort(at)).isEqualTo(POINTER);
            for (int octet = 12; octet < size; octet++) {
                assertThat(message.getUnsignedByte(at + octet)).isEqualTo((short) order[i]);
            }
        }
        return order;
    }

    private static byte[] ipv4(int count) {
        return records(RecordType.A, 4, count);
    }

    private static byte[] ipv6(int count) {
        return records(RecordType.AAAA, 16, count);
    }

    /** Records whose addresses repeat their number. */
    private static byte[] records(int type, int octets, int count) {
        Octets records = new Octets();
        for (int i = 0; i < count; i++) {
            byte[] address = new byte[octets];
            Arrays.fill(address, (byte) i);
            records.u16(POINTER).fixed(type, octets).raw(address);
        }
        return records.toArray();
    }
}
