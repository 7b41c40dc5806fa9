package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

class ResponseWriterTest {
    private static final org.cairndns.wire.Section ANSWER = org.cairndns.wire.Section.ANSWER;
    private static final org.cairndns.wire.Section AUTHORITY = org.cairndns.wire.Section.AUTHORITY;
    private static final org.cairndns.wire.Section ADDITIONAL = org.cairndns.wire.Section.ADDITIONAL;
    private static final String QNAME = "web.shop.svc.cluster.local.";
    private static final Query PLAIN = Queries.query(QNAME, RecordType.A);
    private static final Query EDNS = Queries.query(QNAME, RecordType.A, 1232);

    @Test
    void write_addressAnswer_readsBackWithQuestionsCase() throws Exception {
        Query query = Queries.query("WeB.Shop.svc.cluster.local.", RecordType.A);
        Response response = new ResponseBuilder(DomainName.of(QNAME))
                .address(ANSWER, query.qname(), 30, InetAddress.ofLiteral("10.96.1.10"))
                .build();

        Message message = Queries.parse(query, response);

        assertThat(message.getQuestion().getName()).hasToString("WeB.Shop.svc.cluster.local.");
        assertThat(Queries.lines(message, Section.ANSWER))
                .containsExactly("WeB.Shop.svc.cluster.local. 30 IN A 10.96.1.10");
        assertThat(message.getHeader().printFlags()).isEqualTo("qr aa rd ");
    }

    @Test
    void write_responseWithLimit_isCutThereOnUdpOnly() {
        Query udp = Queries.query(QNAME, RecordType.A, 4096);
        Query tcp = udp.withListener(Queries.TCP);
        Response response = addresses(udp, 100).withMaxUdpOctets(512);

        Message cut = Queries.parse(udp, response);

        assertThat(cut.numBytes()).isLessThanOrEqualTo(512);
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getOPT().getPayloadSize()).isEqualTo(512);
        assertThat(Queries.parse(tcp, response).getSection(Section.ANSWER)).hasSize(100);
        assertThat(Queries.parse(udp, response.withMaxUdpOctets(4096)).getSection(Section.ANSWER))
                .hasSize(100);
    }

    @Test
    void write_responseWithoutLimit_isCutAt1232OctetsOnUdpOnly() {
        Query udp = Queries.query(QNAME, RecordType.A, 4096);

        Message cut = Queries.parse(udp, addresses(udp, 100));

        assertThat(cut.numBytes()).isBetween(1232 - 16, 1232);
        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getOPT().getPayloadSize()).as("the client's own number").isEqualTo(4096);
        assertThat(Queries.parse(udp.withListener(Queries.TCP), addresses(udp, 100))
                        .getSection(Section.ANSWER))
                .hasSize(100);
    }

    @Test
    void write_responseWithItsOwnRecursionDesired_winsOverTheQuerys() {
        Query asking = Queries.query(QNAME, RecordType.A);
        Response response = Response.bare(Rcode.NOERROR);

        assertThat(Queries.parse(asking, response.withRecursionDesired(false))
                        .getHeader()
                        .getFlag(Flags.RD))
                .isFalse();
        assertThat(Queries.parse(asking.withRecursionDesired(false), response.withRecursionDesired(true))
                        .getHeader()
                        .printFlags()
                        .strip())
                .isEqualTo("qr rd");
    }

    @Test
    void write_intoUsedBuffer_appends() {
        ByteBuf out = Unpooled.buffer().writeShort(0xabcd);

        int octets = ResponseWriter.write(PLAIN, addresses(PLAIN, 3).withTtl(7).withShuffledAddresses(), 512, out);

        assertThat(out.readUnsignedShort()).isEqualTo(0xabcd);
        assertThat(out.readableBytes()).isEqualTo(octets);
        assertThat(out.getUnsignedShort(2 + 6)).isEqualTo(3);
        assertThat(out.getInt(2 + 12 + PLAIN.qname().length() + 4 + 6)).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0x0000,qr aa", "0x0100,qr aa rd", "0x0110,qr aa rd cd", "0x0040,qr aa", "0x0130,qr aa rd ad cd"})
    void write_flagsOfTheQuery_areCopiedWhereTheyBelong(String flags, String expected) throws Exception {
        Query query = (Query) QueryReader.read(
                Octets.header(9, Integer.decode(flags), 1, 0, 0, 0)
                        .question(QNAME, RecordType.A)
                        .toBuffer(),
                Queries.CLIENT,
                Queries.UDP);
        Response response = new ResponseBuilder(query.qname()).build().withAuthenticData(true);

        Message message = Queries.parse(query, response);

        assertThat(message.getHeader().getID()).isEqualTo(9);
        assertThat(message.getHeader().printFlags().strip()).isEqualTo(expected);
    }

    @Test
    void write_authenticData_goesOnlyToWhoAskedForIt() {
        Response response = Response.bare(Rcode.NOERROR).withAuthenticData(true);
        Query dnssecOk = PLAIN.withEdns(new Edns(true, 1232, 0, org.cairndns.wire.Edns.DNSSEC_OK, new byte[0]));

        assertThat(Queries.parse(PLAIN, response).getHeader().getFlag(Flags.AD)).isFalse();
        assertThat(Queries.parse(EDNS, response).getHeader().getFlag(Flags.AD)).isFalse();
        assertThat(Queries.parse(dnssecOk, response).getHeader().getFlag(Flags.AD))
                .isTrue();
        assertThat(Queries.parse(PLAIN.withAuthenticData(), response)
                        .getHeader()
                        .getFlag(Flags.AD))
                .isTrue();
    }

    @Test
    void write_opt_echoesSizeAndDoAndNothingElse() {
        Query query = PLAIN.withEdns(new Edns(true, 300, 0, 0xffff, new byte[] {0, 10, 0, 1, 5}));

        OPTRecord opt = Queries.parse(query, Response.bare(Rcode.NOERROR)).getOPT();

        assertThat(opt.getPayloadSize()).isEqualTo(300);
        assertThat(opt.getFlags()).isEqualTo(ExtendedFlags.DO);
        assertThat(opt.getVersion()).isZero();
        assertThat(opt.getExtendedRcode()).isZero();
        assertThat(opt.getOptions()).isEmpty();
    }

    @Test
    void write_responseWithOptions_sendsThemToEdnsClientsOnly() {
        Response response = Response.bare(Rcode.NOERROR).withEdns(new byte[] {0, 15, 0, 2, 0, 3});

        assertThat(Queries.parse(EDNS, response).getOPT().getOptions()).hasSize(1);
        assertThat(Queries.parse(EDNS, response.withoutEdns()).getOPT().getOptions())
                .isEmpty();
        assertThat(Queries.parse(PLAIN, response).getOPT()).isNull();
    }

    @Test
    void write_optionsThatDoNotFit_areLeftOut() {
        byte[] options = new Octets().u16(12).u16(600).raw(new byte[600]).toArray();
        Response response = addresses(EDNS, 2).withEdns(options);

        byte[] cut = Queries.write(EDNS, response, 512);
        byte[] whole = Queries.write(EDNS, response, 1232);

        assertThat(cut).hasSize(12 + PLAIN.qname().length() + 4 + 2 * 16 + 11);
        assertThat(whole).hasSize(cut.length + options.length);
    }

    @Test
    void write_optionsThatLeaveNoRoomForRecords_cutTheRecords() throws Exception {
        byte[] options = new Octets().u16(12).u16(420).raw(new byte[420]).toArray();
        byte[] written = Queries.write(EDNS, addresses(EDNS, 10).withEdns(options), 512);
        Message message = new Message(written);

        assertThat(written).hasSizeBetween(512 - 15, 512);
        assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(message.getSection(Section.ANSWER)).hasSize(2);
        assertThat(message.getOPT().getOptions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"5,5,5", "16,16,2", "23,23,2"})
    void write_extendedRcode_needsEdns(int rcode, int withEdns, int without) {
        assertThat(Queries.parse(EDNS, Response.bare(rcode)).getRcode()).isEqualTo(withEdns);
        assertThat(Queries.parse(PLAIN, Response.bare(rcode)).getRcode()).isEqualTo(without);
    }

    @Test
    void write_commonTtl_holdsForEveryRecord() {
        Response response = new ResponseBuilder(PLAIN.qname())
                .address(ANSWER, PLAIN.qname(), 30, new byte[4])
                .name(AUTHORITY, DomainName.of("shop.example."), RecordType.NS, 40, PLAIN.qname())
                .txt(ADDITIONAL, DomainName.ROOT, 50, "x")
                .build();

        Message message = Queries.parse(PLAIN, response.withTtl(0));

        assertThat(message.getSection(Section.ANSWER).getFirst().getTTL()).isZero();
        assertThat(message.getSection(Section.AUTHORITY).getFirst().getTTL()).isZero();
        assertThat(message.getSection(Section.ADDITIONAL).getFirst().getTTL()).isZero();
        assertThat(Queries.lines(Queries.parse(PLAIN, response), Section.AUTHORITY))
                .containsExactly("shop.example. 40 IN NS " + QNAME);
    }

    @Test
    void write_shuffled_keepsEverySectionsRecords() {
        ResponseBuilder builder = new ResponseBuilder(PLAIN.qname());
        for (int i = 0; i < 6; i++) {
            builder.address(ANSWER, PLAIN.qname(), 5, new byte[] {1, 1, 1, (byte) i});
        }
        for (int i = 0; i < 6; i++) {
            builder.address(ADDITIONAL, PLAIN.qname(), 5, new byte[] {2, 2, 2, (byte) i});
        }
        Response response = builder.build().withShuffledAddresses();
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Message message = Queries.parse(PLAIN, response);
            assertThat(Queries.lines(message, Section.ANSWER))
                    .hasSize(6)
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.startsWith(QNAME + " 5 IN A 1.1.1."));
            assertThat(Queries.lines(message, Section.ADDITIONAL))
                    .hasSize(6)
                    .doesNotHaveDuplicates()
                    .allMatch(line -> line.startsWith(QNAME + " 5 IN A 2.2.2."));
            orders.add(message.getSection(Section.ANSWER).toString());
        }
        assertThat(orders).hasSizeGreaterThan(10);
    }

    @Test
    void write_shuffledAndCut_givesEveryAddressItsTurn() {
        int rounds = 1000;
        Response response = addresses(EDNS, 100).withShuffledAddresses().withTtl(3);
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> kept = new HashMap<>();
        int size = 0;
        for (int i = 0; i < rounds; i++) {
            Message message = Queries.parse(EDNS, response);
            List<String> lines = Queries.lines(message, Section.ANSWER);
            assertThat(lines).doesNotHaveDuplicates().allMatch(line -> line.startsWith(QNAME + " 3 IN A 10.0.0."));
            assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
            assertThat(message.numBytes()).isBetween(1232 - 15, 1232);
            first.merge(lines.getFirst(), 1, Integer::sum);
            lines.forEach(line -> kept.merge(line, 1, Integer::sum));
            size = lines.size();
        }

        double expected = rounds * size / 100.0;
        assertThat(first).hasSizeGreaterThan(95);
        assertThat(kept).hasSize(100);
        assertThat(kept.values()).allMatch(times -> Math.abs(times - expected) < 100);
    }

    @Test
    void write_cutInOrder_keepsTheFirstAddresses() {
        Message message = Queries.parse(EDNS, addresses(EDNS, 100).withTtl(3));

        List<String> lines = Queries.lines(message, Section.ANSWER);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo(QNAME + " 3 IN A 10.0.0." + i);
        }
        assertThat(lines).hasSizeBetween(70, 99);
    }

    @Test
    void write_moreThanFits_keepsWholeRecordsAndOptAndSetsTc() throws Exception {
        byte[] written = Queries.write(EDNS, addresses(EDNS, 100), 600);
        Message message = new Message(written);

        assertThat(written).hasSizeBetween(600 - 15, 600);
        assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(message.getSection(Section.ANSWER))
                .hasSize((600 - 11 - 12 - 4 - PLAIN.qname().length()) / 16);
        assertThat(message.getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    void write_atEveryLimit_keepsAPrefixOverAllSections() throws Exception {
        ResponseBuilder builder = new ResponseBuilder(EDNS.qname());
        for (int i = 0; i < 20; i++) {
            builder.address(ANSWER, EDNS.qname(), 5, new byte[] {0, 0, 0, (byte) i});
        }
        for (int i = 0; i < 10; i++) {
            builder.name(AUTHORITY, EDNS.qname(), RecordType.NS, 5, DomainName.of("ns" + i + ".example.com."));
        }
        for (int i = 0; i < 10; i++) {
            builder.txt(ADDITIONAL, EDNS.qname(), 5, "x".repeat(i));
        }
        Response response = builder.build();
        int whole = Queries.write(EDNS, response, 0xffff).length;
        int previous = 0;
        for (int limit = 300; limit <= whole; limit++) {
            byte[] written = Queries.write(EDNS, response, limit);
            Message message = new Message(written);
            int answers = message.getSection(Section.ANSWER).size();
            int authorities = message.getSection(Section.AUTHORITY).size();
            int additionals = message.getSection(Section.ADDITIONAL).size() - 1;
            assertThat(written).hasSizeLessThanOrEqualTo(limit);
            assertThat(message.numBytes()).isEqualTo(written.length);
            assertThat(message.getHeader().getFlag(Flags.TC)).isEqualTo(limit < whole);
            assertThat(authorities == 0 || answers == 20).isTrue();
            assertThat(additionals == 0 || authorities == 10).isTrue();
            assertThat(answers + authorities + additionals).isGreaterThanOrEqualTo(previous);
            previous = answers + authorities + additionals;
        }
        assertThat(previous).isEqualTo(40);
    }

    @Test
    void write_tcOfTheResponse_staysWhereEverythingFits() {
        assertThat(Queries.parse(PLAIN, addresses(PLAIN, 1).withTruncated(true))
                        .getHeader()
                        .getFlag(Flags.TC))
                .isTrue();
    }

    @Test
    void write_srvWithAdditional_targetIsNotCompressedAndOwnersAre() {
        Query query = Queries.query("_http._tcp.web.shop.svc.cluster.local.", RecordType.SRV);
        DomainName target = DomainName.of(QNAME);
        Response response = new ResponseBuilder(query.qname())
                .srv(ANSWER, query.qname(), 30, 100, 80, target)
                .address(ADDITIONAL, target, 30, new byte[] {10, 96, 1, 10})
                .build();

        Message message = Queries.parse(query, response);

        assertThat(Queries.lines(message, Section.ANSWER))
                .containsExactly("_http._tcp.web.shop.svc.cluster.local. 30 IN SRV 0 100 80 " + QNAME);
        assertThat(Queries.lines(message, Section.ADDITIONAL)).containsExactly(QNAME + " 30 IN A 10.96.1.10");
        assertThat(response.recordOctets()).isEqualTo(2 + 10 + 6 + target.length() + 2 + 10 + 4);
    }

    @Test
    void write_toNotify_hasItsOpcodeButNeitherRdNorCd() {
        Query notify = (Query) QueryReader.read(
                Octets.header(7, 0x2110, 1, 0, 0, 0)
                        .question(QNAME, RecordType.SOA)
                        .toBuffer(),
                Queries.CLIENT,
                Queries.UDP);

        byte[] written = Queries.write(notify, Response.bare(Rcode.NOERROR).withAuthoritative(true), 512);

        assertThat(written)
                .containsExactly(Octets.header(7, 0xa400, 1, 0, 0, 0)
                        .question(QNAME, RecordType.SOA)
                        .toArray());
    }

    @Test
    void writeRejected_withoutQuestion_isAHeader() {
        ByteBuf out = Unpooled.buffer();

        ResponseWriter.writeRejected(new ReadResult.Rejected(7, 0x27f0, Rcode.NOTIMP, new byte[0]), out);

        // Opcode 4, RD and CD are kept; AA, TC, RA, Z and AD are not.
        assertThat(bytes(out))
                .containsExactly(Octets.header(7, 0xa114, 0, 0, 0, 0).toArray());
    }

    @Test
    void writeRejected_withQuestion_echoesIt() {
        byte[] question = new Octets().question(QNAME, RecordType.A).toArray();
        ByteBuf out = Unpooled.buffer();

        ResponseWriter.writeRejected(new ReadResult.Rejected(7, 0x0000, Rcode.FORMERR, question), out);

        assertThat(bytes(out))
                .containsExactly(
                        Octets.header(7, 0x8001, 1, 0, 0, 0).raw(question).toArray());
    }

    @Test
    void writeBadVersion_query_getsQuestionAndVersionZero() throws Exception {
        Query query = PLAIN.withEdns(new Edns(true, 4096, 1, 0x8000, new byte[] {0, 10, 0, 0}));
        ByteBuf out = Unpooled.buffer();

        ResponseWriter.writeBadVersion(query, out);
        Message message = new Message(bytes(out));

        assertThat(message.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(message.getHeader().printFlags()).isEqualTo("qr rd ");
        assertThat(message.getQuestion().getName()).hasToString(QNAME);
        assertThat(message.getSection(Section.ADDITIONAL)).hasSize(1);
        assertThat(message.getOPT().getVersion()).isZero();
        assertThat(message.getOPT().getOptions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TLS, 1, 468, true",
        "HTTPS, 25, 468, true",
        "TLS, 26, 936, true",
        "TLS, 1, 71, false",
        "TCP, 1, 71, true",
        "UDP, 1, 71, true"
    })
    void write_paddedQuery_padsWhereItIsEncrypted(Transport transport, int addresses, int octets, boolean padded)
            throws Exception {
        byte[] options = padded ? EdnsOptions.with(Edns.NO_OPTIONS, EdnsOptions.PADDING, new byte[7]) : new byte[0];
        Query query = Queries.query(QNAME, RecordType.A)
                .withEdns(new Edns(true, 4096, 0, 0, options))
                .withListener(new ListenerInfo(transport, "x", Queries.CLIENT));
        ByteBuf out = Unpooled.buffer().writeZero(2);

        int written = ResponseWriter.write(query, addresses(query, addresses), 0xffff, out);
        byte[] message = bytes(out.skipBytes(2));

        assertThat(message).hasSize(written).hasSize(octets);
        assertThat(new Message(message).getSection(Section.ANSWER)).hasSize(addresses);
        assertThat(new Message(message).getOPT().getOptions()).hasSize(octets % 468 == 0 ? 1 : 0);
    }

    @Test
    void write_paddedQuery_keepsTheResponsesOwnOptions() throws Exception {
        byte[] padding = EdnsOptions.with(Edns.NO_OPTIONS, EdnsOptions.PADDING, new byte[0]);
        Query query = Queries.query(QNAME, RecordType.A)
                .withEdns(new Edns(true, 4096, 0, 0, padding))
                .withListener(new ListenerInfo(Transport.TLS, "x", Queries.CLIENT));
        Response response =
                addresses(query, 1).withEdns(EdnsOptions.with(Edns.NO_OPTIONS, EdnsOptions.NSID, new byte[] {1, 2, 3}));
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, response, 0xffff, out);
        byte[] message = bytes(out);

        assertThat(message).hasSize(468);
        assertThat(new Message(message).getOPT().getOptions(EdnsOptions.NSID)).hasSize(1);
        assertThat(new Message(message).getOPT().getOptions(EdnsOptions.PADDING))
                .hasSize(1);
    }

    private static Response addresses(Query query, int count) {
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (int i = 0; i < count; i++) {
            builder.address(ANSWER, query.qname(), 5, new byte[] {10, 0, 0, (byte) i});
        }
        return builder.build();
    }

    private static byte[] bytes(ByteBuf out) {
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }
}
