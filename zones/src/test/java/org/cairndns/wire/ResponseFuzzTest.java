package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** {@link ResponseReader}, {@link RecordCursor} and {@link ResponseWriter} against dnsjava: octets of an upstream. */
class ResponseFuzzTest {
    private static final int QR = 0x8000;

    @Test
    void response_proper_reachesEveryClientAsItWas() {
        RandomCases.check("responses", 6_000, random -> {
            byte[] qname = RandomNames.wire(random);
            int type = 1 + random.nextInt(300);
            byte[] octets = upstream(qname, type, random);
            Message theirs = DnsjavaRecords.parse(octets).orElseThrow();

            Response response = ResponseAgreement.read(octets, ResponseAgreement.query(qname, type, random), random);

            assertThat(response.rcode()).isEqualTo(theirs.getRcode());
            assertThat(response.hasEdns()).isEqualTo(theirs.getOPT() != null);
            assertThat(response.truncated()).isEqualTo(theirs.getHeader().getFlag(Flags.TC));
            ResponseAgreement.assertReachesClients(DnsjavaRecords.of(theirs), qname, type, response, random);
        });
    }

    @Test
    void response_damaged_isRejectedOrCanBeWritten() {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        RandomCases.check("damaged responses", 12_000, random -> {
            byte[] qname = RandomNames.wire(random);
            int type = 1 + random.nextInt(300);
            byte[] octets = Mutations.of(upstream(qname, type, random), random);
            verdicts.merge(ResponseAgreement.check(octets, qname, type, random), 1, Integer::sum);
        });
        Verdict.assertAllOccur(verdicts);
    }

    @Test
    void response_ownerPointsAnywhereIntoTheQuestion_isRejectedOrCanBeWritten() {
        RandomCases.check("pointers into the question", 1_000, random -> {
            byte[] qname = oddName(random);
            for (int target = 12; target < 12 + qname.length + 4; target++) {
                byte[] octets = Octets.header(ResponseAgreement.ID, QR, 1, 2, 0, 0)
                        .raw(qname)
                        .u32(0x00010001)
                        .pointer(target)
                        .fixed(RecordType.A, 4)
                        .u32(random.nextInt())
                        .pointer(12)
                        .fixed(RecordType.TXT, 60)
                        .raw(new byte[60])
                        .toArray();
                ResponseAgreement.check(octets, qname, RecordType.A, random);
            }
        });
    }

    /** A name of one or two labels whose octets are lengths of labels, pointers or letters themselves. */
    private static byte[] oddName(SplittableRandom random) {
        Octets name = new Octets();
        for (int i = random.nextInt(2); i >= 0; i--) {
            int octets = 1 + random.nextInt(12);
            name.u8(octets);
            for (int k = 0; k < octets; k++) {
                name.u8(random.nextInt(4) == 0 ? random.nextInt(0xc0, 0x100) : random.nextInt(24));
            }
        }
        return name.u8(0).toArray();
    }

    /** A response of an upstream: any records, OPT anywhere among the additional ones, names compressed at random. */
    private static byte[] upstream(byte[] qname, int type, SplittableRandom random) {
        RandomRecords records = new RandomRecords(random, qname);
        int answers = random.nextInt(random.nextInt(30) == 0 ? 80 : 8);
        int authorities = random.nextInt(4);
        int additionals = random.nextInt(5);
        int opt = random.nextInt(3) == 0 ? -1 : random.nextInt(3) == 0 ? random.nextInt(additionals + 1) : additionals;
        int flags = QR | random.nextInt(0x10000) & 0x05ff & ~0x10;
        int total = additionals + (opt >= 0 ? 1 : 0);
        CompressedMessage message = new CompressedMessage(
                        random, Octets.header(ResponseAgreement.ID, flags, 1, answers, authorities, total))
                .question(RandomNames.otherCase(qname, random), type << 16 | DnsClass.IN);
        for (int i = 0; i < answers + authorities; i++) {
            message.record(records.next());
        }
        for (int i = 0; i <= additionals; i++) {
            if (i == opt) {
                message.raw(opt(random));
            }
            if (i < additionals) {
                message.record(records.next());
            }
        }
        return message.toArray();
    }

    private static byte[] opt(SplittableRandom random) {
        byte[] value = new byte[random.nextInt(12)];
        random.nextBytes(value);
        Octets out = new Octets()
                .u8(0)
                .u16(RecordType.OPT)
                .u16(1232)
                .u8(random.nextInt(2))
                .u8(0)
                .u16(0x8000);
        return (random.nextBoolean()
                        ? out.u16(0)
                        : out.u16(value.length + 4)
                                .u16(65_001)
                                .u16(value.length)
                                .raw(value))
                .toArray();
    }
}
