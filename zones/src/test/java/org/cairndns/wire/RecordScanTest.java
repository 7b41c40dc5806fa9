package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordScanTest {
    private static final int POINTER = 0xc00c;

    @Test
    void next_overAnyOwner_isBehindTheRecord() {
        ByteBuf message = new Octets()
                .name("a.bc.")
                .fixed(RecordType.TXT, 3)
                .raw(2, 'x', 'y')
                .raw(1, 'a')
                .pointer(0)
                .fixed(RecordType.A, 4)
                .u32(0)
                .raw(0)
                .fixed(RecordType.NS, 0)
                .toBuffer();

        assertThat(RecordScan.next(message, 0)).isEqualTo(19);
        assertThat(RecordScan.next(message, 19)).isEqualTo(37);
        assertThat(RecordScan.next(message, 37)).isEqualTo(message.writerIndex());
    }

    @Test
    void setTtls_ofSomeRecords_leavesTheRest() {
        Octets octets = new Octets();
        for (int i = 0; i < 3; i++) {
            octets.u16(POINTER).fixed(RecordType.A, 4).u32(-1);
        }
        ByteBuf message = octets.toBuffer();

        RecordScan.setTtls(message, 0, 2, 0x7fffffff);

        assertThat(message.getInt(6)).isEqualTo(0x7fffffff);
        assertThat(message.getInt(16 + 6)).isEqualTo(0x7fffffff);
        assertThat(message.getInt(32 + 6)).isEqualTo(60);
    }

    @Test
    void shuffle_addresses_reachEveryOrder() {
        Set<String> orders = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            ByteBuf message = records('a', 'a', 'a', 'a');
            RecordScan.shuffleAddresses(message, 0, 4, random);
            orders.add(order(message, 4));
        }

        assertThat(orders).hasSize(24);
    }

    @Test
    void shuffle_firstAddress_isEvenlySpread() {
        int[] first = new int[4];
        Random random = new Random(7);
        for (int i = 0; i < 4000; i++) {
            ByteBuf message = records('a', 'a', 'a', 'a');
            RecordScan.shuffleAddresses(message, 0, 4, random);
            first[order(message, 4).charAt(0) - '0']++;
        }

        assertThat(Arrays.stream(first)).allMatch(count -> count > 850 && count < 1150);
    }

    @Test
    void shuffle_mixedRecords_keepsEachKindInItsPlaces() {
        for (int seed = 0; seed < 200; seed++) {
            ByteBuf message = records('a', 'a', 'q', 'q', 'q', 't', 'a', 'a', 'o', 'a', 'c', 'a', 'a');
            shuffle(message, 13, seed);
            assertThat(order(message, 13)).matches("[01]{2}[234]{3}5[67]{2}89:[;<]{2}");
        }
    }

    @Test
    void shuffle_addressesOfOtherLengths_stayWhereTheyAre() {
        // Class CH has other A records; their size is not that of an address.
        byte[] before = new Octets()
                .u16(POINTER)
                .fixed(RecordType.A, DnsClass.CH, 0)
                .u16(POINTER)
                .fixed(RecordType.A, DnsClass.CH, 1)
                .raw(7)
                .u16(POINTER)
                .fixed(RecordType.AAAA, DnsClass.CH, 4)
                .u32(1)
                .toArray();
        for (int seed = 0; seed < 20; seed++) {
            ByteBuf message = Unpooled.copiedBuffer(before);
            shuffle(message, 3, seed);
            assertThat(message.array()).containsExactly(before);
        }
    }

    @Test
    void shuffle_ofSomeRecords_saysWhereTheyEnd() {
        ByteBuf message = records('a', 'a', 'a', 'a');
        byte[] behind = Arrays.copyOfRange(message.array(), 32, 64);

        assertThat(RecordScan.shuffleAddresses(message, 0, 2, new Random(1))).isEqualTo(32);
        assertThat(Arrays.copyOfRange(message.array(), 32, 64)).containsExactly(behind);
        assertThat(RecordScan.shuffleAddresses(message, 32, 0, new Random(1))).isEqualTo(32);
    }

    private static void shuffle(ByteBuf message, int count, int seed) {
        int end = RecordScan.shuffleAddresses(message, 0, count, new Random(seed));
        assertThat(end).isEqualTo(message.writerIndex());
    }

    /** Records with their number as TTL: a for A, q for AAAA, t for TXT, o for A with its owner in full, c for CH A. */
    private static ByteBuf records(int... kinds) {
        Octets out = new Octets();
        for (int i = 0; i < kinds.length; i++) {
            switch (kinds[i]) {
                case 'a' -> out.u16(POINTER).u16(1).u16(1).u32(i).u16(4).u32(i);
                case 'q' ->
                    out.u16(POINTER)
                            .u16(28)
                            .u16(1)
                            .u32(i)
                            .u16(16)
                            .raw(new byte[15])
                            .u8(i);
                case 't' -> out.u16(POINTER).u16(16).u16(1).u32(i).u16(2).u8(1).u8(i);
                case 'o' -> out.name("a.").u16(1).u16(1).u32(i).u16(4).u32(i);
                default -> out.u16(POINTER).u16(1).u16(3).u32(i).u16(5).u32(i).u8(i);
            }
        }
        return out.toBuffer();
    }

    /** Each record's number as a character from 0 on; fails where TTL and RDATA no longer belong together. */
    private static String order(ByteBuf message, int count) {
        List<String> order = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int next = RecordScan.next(message, at);
            int number = message.getInt(RecordScan.skipName(message, at) + 4);
            assertThat(message.getByte(next - 1)).isEqualTo((byte) number);
            order.add(String.valueOf((char) ('0' + number)));
            at = next;
        }
        return String.join("", order);
    }
}
