package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** {@link ResponseBuilder} with records at random, read back by dnsjava. */
class ResponseBuilderFuzzTest {
    @Test
    void build_anyRecords_areReadBackByDnsjava() {
        int[] fullMessages = new int[1];
        RandomCases.check("built responses", 5_000, random -> {
            Query query = query(RandomNames.wire(random), random);
            List<List<RandomRecords.Draft>> drafts = drafts(query, random);

            Response response = build(query, drafts);

            DnsjavaRecords expected = expected(drafts);
            byte[] written = Queries.write(query, response, 0xffff);
            Message message = new Message(written);
            assertThat(message.numBytes()).isEqualTo(written.length);
            DnsjavaRecords theirs = DnsjavaRecords.of(message);
            theirs.lowerCase().assertSameAs(expected.first(theirs.count()).lowerCase());
            assertThat(message.getHeader().getFlag(Flags.TC)).isEqualTo(theirs.count() < expected.count());
            assertThat(response.truncated()).isEqualTo(response.recordCount() < expected.count());
            assertThat(response.recordOctets()).isLessThanOrEqualTo(octets(expected));
            fullMessages[0] += response.truncated() ? 1 : 0;
        });
        assertThat(fullMessages[0]).isPositive();
    }

    @Test
    void build_forOneLetterCase_holdsForAllOthersAndAnyOrder() {
        RandomCases.check("shuffled responses", 2_000, random -> {
            byte[] qname = RandomNames.wire(random);
            List<List<RandomRecords.Draft>> drafts = drafts(query(qname, random), random);
            Response response = build(query(qname, random), drafts);
            Query other = query(RandomNames.otherCase(qname, random), random);

            byte[] written = Queries.write(other, response.withShuffledAddresses(), 0xffff);

            DnsjavaRecords theirs = DnsjavaRecords.of(new Message(written)).lowerCase();
            // A full message may lose its last records to OPT, and which those are is chance.
            if (theirs.count() == response.recordCount()) {
                DnsjavaRecords expected = expected(drafts).first(theirs.count()).lowerCase();
                theirs.sorted().assertSameAs(expected.sorted());
            }
            // Our own reader, as in a node-local cache in front of another Cairn.
            Response again = ResponseReader.read(Unpooled.wrappedBuffer(written), other.id(), other);
            DnsjavaRecords.of(other.qname(), again).lowerCase().assertSameAs(theirs);
        });
    }

    private static int octets(DnsjavaRecords records) {
        return records.sections().stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .sum();
    }

    private static List<List<RandomRecords.Draft>> drafts(Query query, SplittableRandom random) {
        RandomRecords records = new RandomRecords(random, query.qname().toOctets());
        boolean huge = random.nextInt(200) == 0;
        List<List<RandomRecords.Draft>> sections = new ArrayList<>();
        for (int section = 0; section < 3; section++) {
            List<RandomRecords.Draft> drafts = new ArrayList<>();
            for (int i = random.nextInt(huge ? 2500 : 10); i > 0; i--) {
                drafts.add(records.next());
            }
            sections.add(drafts);
        }
        return sections;
    }

    private static Response build(Query query, List<List<RandomRecords.Draft>> drafts) {
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (Section section : Section.values()) {
            drafts.get(section.ordinal()).forEach(draft -> add(builder, section, draft));
            assertThat(builder.count(section))
                    .isLessThanOrEqualTo(drafts.get(section.ordinal()).size());
        }
        return builder.build();
    }

    private static void add(ResponseBuilder builder, Section section, RandomRecords.Draft draft) {
        DomainName owner = DomainName.ofOwned(draft.owner());
        int ttl = draft.ttlSeconds();
        byte[] rdata = draft.octets();
        boolean plain = draft.dnsClass() == DnsClass.IN;
        switch (plain ? draft.type() : 0) {
            case Type.A, Type.AAAA -> builder.address(section, owner, ttl, rdata);
            case Type.NS, Type.CNAME, Type.PTR -> builder.name(section, owner, draft.type(), ttl, name(rdata));
            case Type.SRV -> {
                // Priorities other than 0 are not for this method.
                int weight = ByteBuffer.wrap(rdata).getShort(2) & 0xffff;
                int port = ByteBuffer.wrap(rdata).getShort(4) & 0xffff;
                builder.srv(section, owner, ttl, weight, port, name(Arrays.copyOfRange(rdata, 6, rdata.length)));
            }
            case Type.SOA -> builder.soa(section, owner, ttl, soa(draft));
            default -> builder.octets(section, owner, draft.type(), draft.dnsClass(), ttl, rdata);
        }
    }

    private static Soa soa(RandomRecords.Draft draft) {
        ByteBuffer numbers = ByteBuffer.wrap((byte[]) draft.rdata().get(2));
        return new Soa(
                name(((RandomRecords.NameField) draft.rdata().get(0)).wire()),
                name(((RandomRecords.NameField) draft.rdata().get(1)).wire()),
                numbers.getInt() & 0xffffffffL,
                numbers.getInt(),
                numbers.getInt(),
                numbers.getInt(),
                numbers.getInt());
    }

    private static DomainName name(byte[] wire) {
        return DomainName.ofOwned(wire);
    }

    /** The records in full as they were meant. */
    private static DnsjavaRecords expected(List<List<RandomRecords.Draft>> drafts) {
        return new DnsjavaRecords(drafts.stream()
                .map(section ->
                        section.stream().map(ResponseBuilderFuzzTest::text).toList())
                .toList());
    }

    private static String text(RandomRecords.Draft draft) {
        byte[] rdata = draft.octets();
        if (draft.type() == Type.SRV && draft.dnsClass() == DnsClass.IN) {
            rdata[0] = 0;
            rdata[1] = 0;
        }
        byte[] record = new Octets()
                .raw(draft.owner())
                .u16(draft.type())
                .u16(draft.dnsClass())
                // RFC 2181 8: dnsjava reads a TTL with its top bit set as 0.
                .u32(Math.max(0, draft.ttlSeconds()))
                .u16(rdata.length)
                .raw(rdata)
                .toArray();
        return new String(record, StandardCharsets.ISO_8859_1);
    }

    private static Query query(byte[] qname, SplittableRandom random) {
        Query query = Query.of(DomainName.ofOwned(qname), RecordType.A, Queries.CLIENT, Queries.TCP);
        return random.nextBoolean() ? query : query.withEdns(new Edns(true, 512, 0, 0, Edns.NO_OPTIONS));
    }
}
