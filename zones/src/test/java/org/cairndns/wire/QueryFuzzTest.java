package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** {@link QueryReader} and {@link QueryWriter} against dnsjava, with proper queries and with damaged ones. */
class QueryFuzzTest {
    @Test
    void read_queriesOfDnsjava_haveAllTheirFields() {
        RandomCases.check("queries", 15_000, random -> {
            Message message = query(random);
            byte[] octets = message.toWire();

            Query query = (Query) QueryAgreement.read(octets, random);

            assertThat(query.id()).isEqualTo(message.getHeader().getID());
            assertThat(query.flags()).isEqualTo(octets[2] << 8 & 0xff00 | octets[3] & 0xff);
            assertThat(query.sizeOctets()).isEqualTo(octets.length);
            QueryAgreement.assertSameQuestion(query, message);
            QueryAgreement.assertSameEdns(query, message);
            QueryAgreement.assertSurvivesWriter(query);
        });
    }

    @Test
    void read_damagedQueries_neverThrowsAndAgreesWithDnsjava() {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        RandomCases.check("damaged queries", 30_000, random -> {
            byte[] octets = Mutations.of(query(random).toWire(), random);
            verdicts.merge(QueryAgreement.check(octets, random), 1, Integer::sum);
        });
        Verdict.assertAllOccur(verdicts);
    }

    private static Message query(SplittableRandom random) {
        int type = random.nextInt(4) == 0 ? random.nextInt(0x10000) : 1 + random.nextInt(70);
        int dnsClass = random.nextInt(10) == 0 ? random.nextInt(0x10000) : DnsClass.IN;
        Message message = new Message(random.nextInt(0x10000));
        message.addRecord(question(RandomNames.wire(random), type, dnsClass), Section.QUESTION);
        for (int flag : new int[] {Flags.AA, Flags.RD, Flags.RA, Flags.AD, Flags.CD}) {
            if (random.nextInt(3) == 0) {
                message.getHeader().setFlag(flag);
            }
        }
        if (random.nextInt(3) != 0) {
            int version = random.nextInt(5) == 0 ? random.nextInt(256) : 0;
            message.addRecord(
                    new OPTRecord(random.nextInt(0x10000), 0, version, random.nextInt(0x10000), options(random)),
                    Section.ADDITIONAL);
        }
        return message;
    }

    /** dnsjava makes no questions of types and classes that it does not know. */
    private static Record question(byte[] qname, int type, int dnsClass) {
        try {
            return Record.fromWire(
                    new Octets().raw(qname).u16(type).u16(dnsClass).toArray(), Section.QUESTION);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<EDNSOption> options(SplittableRandom random) {
        List<EDNSOption> options = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 600 : 20)];
            random.nextBytes(value);
            options.add(new GenericEDNSOption(65_001 + random.nextInt(500), value));
        }
        return options;
    }
}
