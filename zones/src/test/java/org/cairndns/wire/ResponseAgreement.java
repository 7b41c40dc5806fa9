package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;

/** {@link ResponseReader}, {@link RecordCursor} and {@link ResponseWriter} against dnsjava, whatever the octets are. */
final class ResponseAgreement {
    /** Id of the query that the octets may be a response to. */
    static final int ID = 4711;

    private static final int TC = 0x0200;

    private ResponseAgreement() {}

    static Verdict check(byte[] octets, byte[] qname, int type, SplittableRandom random) throws Exception {
        Optional<Message> theirs = DnsjavaRecords.parse(octets);
        Response response;
        try {
            response = read(octets, query(qname, type, random), random);
        } catch (BadMessageException e) {
            if (e.reason() == BadMessageException.Reason.MALFORMED) {
                theirs.ifPresent(message -> assertThat(mayRejectWhatDnsjavaReads(octets, qname.length, message))
                        .as("dnsjava reads\n%s", message)
                        .isTrue());
            }
            return theirs.isEmpty() ? Verdict.NEITHER : Verdict.DNSJAVA_ONLY;
        }
        DnsjavaRecords walked = DnsjavaRecords.of(name(qname), response);
        // Where TC is set, dnsjava leaves out what it can't read with all behind it, and so do we by other rules.
        if (theirs.isPresent() && (octets[2] & TC >> 8) == 0) {
            walked.normalized()
                    .lowerCase()
                    .assertSameAs(DnsjavaRecords.of(theirs.get()).lowerCase());
        }
        assertWalks(qname, type, response, random);
        assertReachesClients(walked, qname, type, response, random);
        return theirs.isEmpty() ? Verdict.OURS_ONLY : Verdict.BOTH;
    }

    /**
     * Deliberate: a pointer leads to a label of a name, never into the header or to the question's type and class, nor
     * does a label reach there from within the qname; each hop of a name goes further back than the one before (as in
     * BIND), where dnsjava is content with a place in front of the pointer; one OPT record at most, in the additional
     * section, its owner the root in one octet. The other way round, RDATA that cannot hold compressed names is passed
     * on without a look.
     */
    private static boolean mayRejectWhatDnsjavaReads(byte[] octets, int qnameOctets, Message message) {
        int questionEnd = 12 + qnameOctets + 4;
        for (int at = questionEnd; at + 1 < octets.length; at++) {
            boolean pointer = (octets[at] & 0xc0) == 0xc0;
            if (pointer && (hopsOddly(octets, at, questionEnd) || leadsIntoItsOwnName(octets, at))) {
                return true;
            }
        }
        return hasImproperOpt(octets, message);
    }

    /** True if a pointer may lead into the labels in front of it, which are of the same name and no prior occurrence. */
    private static boolean leadsIntoItsOwnName(byte[] octets, int pointer) {
        int target = count(octets, pointer) & 0x3fff;
        for (int start = Math.max(12, pointer - DomainName.MAX_OCTETS); start <= target; start++) {
            int at = start;
            while (at < pointer && octets[at] > 0 && octets[at] <= DomainName.MAX_LABEL_OCTETS) {
                at += octets[at] + 1;
            }
            if (at == pointer) {
                return true;
            }
        }
        return false;
    }

    /** True if the chain of pointers from {@code start} leads outside or does not always go further back. */
    private static boolean hopsOddly(byte[] octets, int start, int questionEnd) {
        int at = start;
        int previous = octets.length;
        for (int steps = 0; steps < 400 && at + 1 < octets.length && octets[at] != 0; steps++) {
            if ((octets[at] & 0xc0) != 0xc0) {
                boolean inQname = at < questionEnd - 4;
                at += (octets[at] & 0xff) + 1;
                if (inQname && at >= questionEnd - 4) {
                    return true;
                }
                continue;
            }
            int target = count(octets, at) & 0x3fff;
            if (target < 12 || target >= questionEnd - 4 && target < questionEnd || target >= previous) {
                return true;
            }
            previous = target;
            at = target;
        }
        return false;
    }

    /** True for two OPT records, for one elsewhere than in the additional section, for an owner but the octet 0. */
    private static boolean hasImproperOpt(byte[] octets, Message message) {
        List<Record> opts = new ArrayList<>();
        for (int section = 1; section <= 3; section++) {
            for (Record record : message.getSection(section)) {
                if (record instanceof OPTRecord) {
                    opts.add(record);
                }
            }
        }
        return opts.size() > 1
                || opts.size() == 1
                        && (message.getOPT() == null
                                || !message.getOPT().getName().equals(Name.root)
                                || new String(octets, StandardCharsets.ISO_8859_1).indexOf("\0\0\u0029", 12) < 0);
    }

    /** Everything that reads a response gets to its end. */
    private static void assertWalks(byte[] qname, int type, Response response, SplittableRandom random) {
        DomainName name = name(qname);
        ResponseText text = ResponseText.of(name, response);
        assertThat(text.answer().size()
                        + text.authority().size()
                        + text.additional().size())
                .isEqualTo(response.recordCount());
        Query query = query(qname, type, random);
        assertThat(ResponseKind.of(query, response, random.nextInt())).isNotNull();
        int least = ResponseTtls.minSeconds(response);
        assertThat(least).isEqualTo(leastTtl(name, response));
        assertThat(ResponseTtls.all(response, least)).isEqualTo(allTtls(name, response, least));
    }

    private static int leastTtl(DomainName qname, Response response) {
        RecordCursor cursor = new RecordCursor(qname, response);
        int least = Integer.MAX_VALUE;
        while (cursor.next()) {
            least = Math.min(least, cursor.ttlSeconds());
        }
        return response.recordCount() == 0 ? -1 : least;
    }

    private static boolean allTtls(DomainName qname, Response response, int seconds) {
        RecordCursor cursor = new RecordCursor(qname, response);
        boolean all = true;
        while (cursor.next()) {
            all &= cursor.ttlSeconds() == seconds;
        }
        return all;
    }

    /** Writes the response to queries of all kinds and reads it again, by dnsjava where it can and by our reader. */
    static void assertReachesClients(
            DnsjavaRecords expected, byte[] qname, int type, Response response, SplittableRandom random)
            throws Exception {
        assertReaches(expected, query(qname, type, random), response, 0xffff, random);
        byte[] other = RandomNames.otherCase(qname, random);
        assertReaches(expected, query(other, type, random), response, 512 + random.nextInt(1500), random);
        int ttl = random.nextInt(1000);
        DnsjavaRecords aged = DnsjavaRecords.of(name(qname), response.withTtl(ttl));
        assertReaches(aged, query(other, type, random), response.withTtl(ttl), 0xffff, random);
        assertShuffles(query(other, type, random), response);
    }

    private static void assertReaches(
            DnsjavaRecords expected, Query query, Response response, int maxOctets, SplittableRandom random)
            throws Exception {
        byte[] written = write(query, response, maxOctets, random);
        assertThat(written.length).isLessThanOrEqualTo(maxOctets);
        int kept = count(written, 6)
                + count(written, 8)
                + count(written, 10)
                - (query.edns().present() ? 1 : 0);
        assertThat((written[2] & TC >> 8) != 0).isEqualTo(response.truncated() || kept < response.recordCount());
        assertThat((written[0] & 0xff) << 8 | written[1] & 0xff).isEqualTo(query.id());
        assertThat(Arrays.copyOfRange(written, 12, 12 + query.qname().length()))
                .containsExactly(query.qname().toOctets());
        DnsjavaRecords cut = expected.first(kept).lowerCase();
        Response again = ResponseReader.read(Unpooled.wrappedBuffer(written), query.id(), query);
        DnsjavaRecords.of(query.qname(), again).lowerCase().assertSameAs(cut);
        assertThat(again.hasEdns()).isEqualTo(query.edns().present());
        Optional<Message> theirs = DnsjavaRecords.parse(written);
        if (theirs.isPresent() && !again.truncated()) {
            DnsjavaRecords.of(theirs.get())
                    .lowerCase()
                    .assertSameAs(expected.first(kept).normalized().lowerCase());
        }
    }

    private static void assertShuffles(Query query, Response response) throws Exception {
        byte[] written = write(query, response.withShuffledAddresses(), 0xffff);
        Response again = ResponseReader.read(Unpooled.wrappedBuffer(written), query.id(), query);
        DnsjavaRecords before = DnsjavaRecords.of(query.qname(), response).lowerCase();
        DnsjavaRecords.of(query.qname(), again).lowerCase().sorted().assertSameAs(before.sorted());
    }

    private static int count(byte[] message, int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }

    /** Written twice into buffers with different octets around; they must make no difference. */
    private static byte[] write(Query query, Response response, int maxOctets, SplittableRandom random) {
        int before = random.nextInt(10);
        byte[] first = write(query, response, maxOctets, before, 0);
        assertThat(write(query, response, maxOctets, before, 0xff)).isEqualTo(first);
        return first;
    }

    private static byte[] write(Query query, Response response, int maxOctets) {
        return write(query, response, maxOctets, 0, 0);
    }

    private static byte[] write(Query query, Response response, int maxOctets, int before, int filler) {
        byte[] around = new byte[before + 12 + 255 + 4 + response.recordOctets() + response.ednsOptions().length + 40];
        Arrays.fill(around, (byte) filler);
        ByteBuf out = Unpooled.wrappedBuffer(around).setIndex(before, before);
        int octets = ResponseWriter.write(query, response, maxOctets, out);
        assertThat(out.writerIndex() - before).isEqualTo(octets);
        return Arrays.copyOfRange(out.array(), before, before + octets);
    }

    /** Reads the message in the middle of two buffers that differ outside of it. */
    static Response read(byte[] octets, Query query, SplittableRandom random) throws BadMessageException {
        int before = random.nextInt(10);
        ByteBuf first = Octets.surrounded(octets, before, 0);
        ByteBuf second = Octets.surrounded(octets, before, 0xff);
        Response response;
        try {
            response = ResponseReader.read(first, ID, query);
        } catch (BadMessageException e) {
            assertThatThrownBy(() -> ResponseReader.read(second, ID, query)).isInstanceOf(BadMessageException.class);
            throw e;
        }
        assertThat(ResponseReader.read(second, ID, query).records()).isEqualTo(response.records());
        return response;
    }

    static Query query(byte[] qname, int type, SplittableRandom random) {
        Edns edns = random.nextBoolean()
                ? Edns.NONE
                : new Edns(true, random.nextInt(0x10000), 0, random.nextInt(0x10000), Edns.NO_OPTIONS);
        ByteBuf octets = Octets.header(random.nextInt(0x10000), random.nextInt(2) << 8, 1, 0, 0, 0)
                .raw(qname)
                .u16(type)
                .u16(DnsClass.IN)
                .toBuffer();
        return ((Query) QueryReader.read(octets, Queries.CLIENT, Queries.TCP)).withEdns(edns);
    }

    private static DomainName name(byte[] wire) {
        return DomainName.ofOwned(wire);
    }
}
