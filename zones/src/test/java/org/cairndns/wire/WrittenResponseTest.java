package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

class WrittenResponseTest {
    private static final Query QUERY =
            Queries.query("WEB.example.", RecordType.A).withEdns(new Edns(true, 1232, 0, 0x8000, Edns.NO_OPTIONS));

    private static Response addresses(int count) {
        ResponseBuilder builder = new ResponseBuilder(QUERY.qname());
        for (int i = 0; i < count; i++) {
            builder.address(Section.ANSWER, QUERY.qname(), 30 + i, new byte[] {10, 0, 0, (byte) i});
        }
        return builder.address(Section.ADDITIONAL, DomainName.of("ns.example."), 7, new byte[] {10, 0, 1, 1})
                .build();
    }

    private static WrittenResponse written(Response response, int maxOctets) {
        // What lies in front is another datagram's.
        ByteBuf out = Unpooled.buffer().writeZero(100);
        ResponseWriter.write(QUERY, response, maxOctets, out);
        return WrittenResponse.copyOf(QUERY, response, out, 100);
    }

    private static boolean isWhole(Response response, int maxOctets) {
        ByteBuf out = Unpooled.buffer().writeZero(100);
        ResponseWriter.write(QUERY, response, maxOctets, out);
        return WrittenResponse.isWhole(out, 100);
    }

    private static byte[] again(WrittenResponse written, int id, int ttlSeconds) {
        ByteBuf out = Unpooled.buffer().writeZero(3);
        written.writeTo(out, id, ttlSeconds);
        return ByteBufUtil.getBytes(out.skipBytes(3));
    }

    @Test
    void writeTo_noOtherTtl_isTheMessageWithTheIdGiven() {
        byte[] first = Queries.write(QUERY, addresses(3), 1232);
        WrittenResponse written = written(addresses(3), 1232);

        byte[] second = again(written, 0xfedc, -1);

        first[0] = (byte) 0xfe;
        first[1] = (byte) 0xdc;
        assertThat(second).isEqualTo(first).hasSize(written.length());
        assertThat(isWhole(addresses(3), 1232)).isTrue();
    }

    @Test
    void writeTo_ttlThatCountsDown_isThatOfAllRecordsButOpt() throws Exception {
        WrittenResponse written = written(addresses(2).withTtl(30), 1232);
        for (int ttlSeconds : new int[] {30, 29, 29, 1, 0}) {
            Message message = new Message(again(written, 1, ttlSeconds));

            assertThat(message.getSection(org.xbill.DNS.Section.ANSWER))
                    .hasSize(2)
                    .allMatch(record -> record.getTTL() == ttlSeconds);
            assertThat(message.getSection(org.xbill.DNS.Section.ADDITIONAL))
                    .filteredOn(record -> !(record instanceof OPTRecord))
                    .singleElement()
                    .matches(record -> record.getTTL() == ttlSeconds);
            assertThat(message.getOPT().getFlags()).isEqualTo(0x8000);
            assertThat(message.getOPT().getPayloadSize()).isEqualTo(1232);
        }
    }

    @Test
    void writeTo_shuffledAddresses_comeInEachOrder() throws Exception {
        WrittenResponse written = written(addresses(3).withTtl(30).withShuffledAddresses(), 1232);
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            orders.add(Queries.lines(new Message(again(written, 1, 20)), org.xbill.DNS.Section.ANSWER)
                    .toString());
        }
        assertThat(orders).hasSize(6).allMatch(order -> order.contains(".0,") || order.contains(".0]"));
    }

    @Test
    void writeTo_shuffledAddressesInFrontOfOpt_comeInEachOrderAndLeaveOpt() throws Exception {
        ResponseBuilder builder = new ResponseBuilder(QUERY.qname());
        for (int i = 0; i < 3; i++) {
            builder.address(Section.ANSWER, QUERY.qname(), 5, new byte[] {10, 0, 0, (byte) i});
        }
        WrittenResponse written = written(builder.build().withShuffledAddresses(), 1232);
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Message message = new Message(again(written, 1, 20));
            assertThat(message.getOPT().getPayloadSize()).isEqualTo(1232);
            orders.add(Queries.lines(message, org.xbill.DNS.Section.ANSWER).toString());
        }
        assertThat(orders).hasSize(6).allMatch(order -> order.contains(" 20 IN A 10.0.0.2"));
    }

    @Test
    void isWhole_truncated_isFalse() {
        assertThat(isWhole(addresses(40), 512)).isFalse();
    }
}
