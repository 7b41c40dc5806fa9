package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Any octets as a message of a zone transfer: what is read has the records that dnsjava finds, each with a text. */
public final class TransferTarget {
    private static final int ID = 4711;

    private TransferTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] octets = input.clone();
        if (octets.length >= 2) {
            octets[0] = (byte) (ID >> 8);
            octets[1] = (byte) ID;
        }
        DomainName qname = DomainName.ofOwned(ResponseTarget.qname(octets));
        Query query = Query.of(qname, RecordType.AXFR, Queries.CLIENT, Queries.TCP);
        List<ResourceRecord> records;
        try {
            records = TransferReader.read(octets, ID, query);
        } catch (BadMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        for (ResourceRecord record : records) {
            assertThat(Rdata.toText(record.type(), record.rdata())).doesNotContain("\n");
            assertThat(record.ttlSeconds()).isNotNegative();
        }
        Optional<Message> theirs = DnsjavaRecords.parse(octets);
        if (theirs.isPresent() && !ResponseReader.isTruncated(io.netty.buffer.Unpooled.wrappedBuffer(octets))) {
            List<Record> expected = theirs.get().getSection(Section.ANSWER);
            assertThat(records).hasSize(expected.size());
            for (int i = 0; i < records.size(); i++) {
                assertThat(records.get(i).owner().toOctets())
                        .isEqualTo(expected.get(i).getName().toWire());
                assertThat(records.get(i).type()).isEqualTo(expected.get(i).getType());
            }
        }
    }
}
