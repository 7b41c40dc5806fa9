package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** {@link QueryReader} and {@link QueryWriter} against dnsjava, whatever the octets are. */
final class QueryAgreement {
    private QueryAgreement() {}

    static Verdict check(byte[] octets, SplittableRandom random) {
        ReadResult result = read(octets, random);
        Optional<Message> theirs = DnsjavaRecords.parse(octets);
        return switch (result) {
            case Query query -> {
                if (theirs.isEmpty()) {
                    assertThat(mayReadWhatDnsjavaRejects(octets)).isTrue();
                } else {
                    assertSameQuestion(query, theirs.get());
                    assertSameEdns(query, theirs.get());
                }
                assertSurvivesWriter(query);
                yield theirs.isEmpty() ? Verdict.OURS_ONLY : Verdict.BOTH;
            }
            case ReadResult.Ignored ignored -> {
                assertThat(octets.length < 12 || (octets[2] & 0x80) != 0).isTrue();
                yield theirs.isEmpty() ? Verdict.NEITHER : Verdict.DNSJAVA_ONLY;
            }
            case ReadResult.Rejected rejected -> {
                assertAnswerable(rejected, octets);
                theirs.ifPresent(message -> assertThat(mayRejectWhatDnsjavaReads(octets, message))
                        .as("dnsjava reads\n%s", message)
                        .isTrue());
                yield theirs.isEmpty() ? Verdict.NEITHER : Verdict.DNSJAVA_ONLY;
            }
        };
    }

    /**
     * Deliberate: RDATA and owners of records that are no OPT are skipped without a look, so are the values of EDNS
     * options, and an OPT record elsewhere than in the additional section is no EDNS.
     */
    private static boolean mayReadWhatDnsjavaRejects(byte[] octets) {
        boolean hasAnswers = octets[7] != 0 || octets[9] != 0;
        boolean hasAdditionals = octets[11] != 0;
        return hasAnswers || hasAdditionals;
    }

    /**
     * Deliberate: one question (RFC 9619), no more records than a query has, no opcode but QUERY and NOTIFY, no pointer in the
     * qname, one OPT at most, its owner the root in one octet (RFC 6891 6.1.1), and TC is no excuse for a query that
     * ends too soon.
     */
    private static boolean mayRejectWhatDnsjavaReads(byte[] octets, Message message) {
        int opcode = octets[2] >> 3 & 0xf;
        boolean otherCounts = octets[4] != 0
                || octets[5] != 1
                || octets[6] != 0
                || octets[7] > 1
                || octets[8] != 0
                || octets[9] > 1
                || octets[10] != 0
                || octets[11] > 2
                || octets[7] < 0
                || octets[9] < 0
                || octets[11] < 0;
        boolean truncated = (octets[2] & 2) != 0;
        return opcode != 0 && opcode != 4
                || otherCounts
                || truncated
                || hasPointer(octets)
                || hasImproperOpt(octets, message);
    }

    private static boolean hasPointer(byte[] octets) {
        int at = 12;
        while (at < octets.length && octets[at] != 0) {
            if ((octets[at] & 0xc0) != 0) {
                return true;
            }
            at += octets[at] + 1;
        }
        return false;
    }

    /** True for two OPT records, or for one whose owner is anything but the octet 0: dnsjava follows a pointer to one. */
    private static boolean hasImproperOpt(byte[] octets, Message message) {
        long opts = message.getSection(Section.ADDITIONAL).stream()
                .filter(OPTRecord.class::isInstance)
                .count();
        return opts > 1 || opts == 1 && octets[ownerOfOpt(octets)] != 0;
    }

    /** Where the owner of the first OPT record begins, in a message with one question that dnsjava has read. */
    private static int ownerOfOpt(byte[] octets) {
        int owner = endOfName(octets, 12) + 4;
        int type = endOfName(octets, owner);
        while (octets[type] != 0 || octets[type + 1] != Type.OPT) {
            owner = type + 10 + ((octets[type + 8] & 0xff) << 8 | octets[type + 9] & 0xff);
            type = endOfName(octets, owner);
        }
        return owner;
    }

    private static int endOfName(byte[] octets, int start) {
        int at = start;
        while (octets[at] != 0 && (octets[at] & 0xc0) == 0) {
            at += octets[at] + 1;
        }
        return octets[at] == 0 ? at + 1 : at + 2;
    }

    private static void assertAnswerable(ReadResult.Rejected rejected, byte[] octets) {
        assertThat(rejected.rcode()).isEqualTo(((octets[2] >> 3 & 0xf) & ~4) != 0 ? Rcode.NOTIMP : Rcode.FORMERR);
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.writeRejected(rejected, out);
        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        assertThat(written.length).isLessThanOrEqualTo(octets.length);
        Message message = DnsjavaRecords.parse(written).orElseThrow();
        assertThat(message.getHeader().getID()).isEqualTo((octets[0] & 0xff) << 8 | octets[1] & 0xff);
        assertThat(message.getRcode()).isEqualTo(rejected.rcode());
    }

    static void assertSameQuestion(Query query, Message message) {
        Record question = message.getQuestion();
        assertThat(query.qname().toOctets()).containsExactly(question.getName().toWire());
        assertThat(query.qtype()).isEqualTo(question.getType());
        assertThat(query.qclass()).isEqualTo(question.getDClass());
    }

    static void assertSameEdns(Query query, Message message) {
        OPTRecord opt = message.getOPT();
        Edns edns = query.edns();
        // Where TC is set dnsjava leaves out what it can't read, and all behind it.
        if (!message.getHeader().getFlag(Flags.TC)) {
            assertThat(edns.present()).isEqualTo(opt != null);
        }
        if (opt != null) {
            assertThat(opt.getName()).isEqualTo(Name.root);
            assertThat(edns.udpPayloadSize()).isEqualTo(opt.getPayloadSize());
            // dnsjava takes the field for a TTL, and one with its top bit set for 0 (RFC 2181 8).
            if (opt.getTTL() != 0) {
                assertThat(edns.version()).isEqualTo(opt.getVersion());
                assertThat(edns.flags()).isEqualTo(opt.getFlags());
                assertThat(edns.dnssecOk()).isEqualTo((opt.getFlags() & 0x8000) != 0);
            }
            // Options with a class of their own are not kept as they came: text of EDE that is no UTF-8, for example.
            if (opt.getOptions().stream().allMatch(option -> option instanceof GenericEDNSOption)) {
                Octets options = new Octets();
                opt.getOptions().forEach(option -> options.raw(option.toWire()));
                assertThat(edns.options()).isEqualTo(options.toArray());
            }
        }
    }

    /** What goes to an upstream asks the same, and reads back as it was. */
    static void assertSurvivesWriter(Query query) {
        ByteBuf out = Unpooled.buffer();
        QueryWriter.write(query, 77, out);
        assertThat(out.readableBytes()).isEqualTo(QueryWriter.octets(query));
        Query again = (Query) QueryReader.read(out, Queries.CLIENT, Queries.UDP);
        assertThat(again.id()).isEqualTo(77);
        assertThat(again.qname().toOctets()).containsExactly(query.qname().toOctets());
        assertThat(again.qtype()).isEqualTo(query.qtype());
        assertThat(again.qclass()).isEqualTo(query.qclass());
        assertThat(text(again.edns())).isEqualTo(text(query.edns()));
        assertThat(again.recursionDesired()).isEqualTo(query.recursionDesired());
        assertThat(again.checkingDisabled()).isEqualTo(query.checkingDisabled());
        assertThat(again.authenticData()).isEqualTo(query.authenticData());
    }

    /** The message read in the middle of a buffer; what lies around it makes no difference. */
    static ReadResult read(byte[] octets, SplittableRandom random) {
        int before = random.nextInt(20);
        ReadResult first = QueryReader.read(Octets.surrounded(octets, before, 0), Queries.CLIENT, Queries.UDP);
        ReadResult second = QueryReader.read(Octets.surrounded(octets, before, 0xff), Queries.CLIENT, Queries.UDP);
        assertThat(text(second)).isEqualTo(text(first));
        return first;
    }

    private static String text(ReadResult result) {
        return switch (result) {
            case Query query ->
                query.id() + " " + query.flags() + " " + query.sizeOctets() + " " + query + " " + text(query.edns());
            case ReadResult.Rejected rejected -> rejected.rcode() + " " + Arrays.toString(rejected.question());
            case ReadResult.Ignored ignored -> "";
        };
    }

    private static String text(Edns edns) {
        return edns.present() + " " + edns.udpPayloadSize() + " " + edns.version() + " " + edns.flags() + " "
                + HexFormat.of().formatHex(edns.options());
    }
}
