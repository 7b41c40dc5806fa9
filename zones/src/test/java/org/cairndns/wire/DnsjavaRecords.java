package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;

/**
 * Records of a response as dnsjava reads them, names in full.
 *
 * @param sections octets of each record but OPT as Latin-1 text, by section
 */
record DnsjavaRecords(List<List<String>> sections) {
    static DnsjavaRecords of(Message message) {
        List<List<String>> sections = new ArrayList<>();
        for (int section = 1; section <= 3; section++) {
            List<String> records = new ArrayList<>();
            for (Record record : message.getSection(section)) {
                if (!(record instanceof OPTRecord)) {
                    records.add(text(record.toWire(section)));
                }
            }
            sections.add(records);
        }
        return new DnsjavaRecords(sections);
    }

    /** The records that {@link RecordCursor} walks over. */
    static DnsjavaRecords of(DomainName qname, Response response) {
        List<List<String>> sections = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            byte[] rdata = cursor.rdata();
            byte[] record = new Octets()
                    .raw(cursor.owner().toOctets())
                    .u16(cursor.type())
                    .u16(cursor.dnsClass())
                    .u32(cursor.ttlSeconds())
                    .u16(rdata.length)
                    .raw(rdata)
                    .toArray();
            sections.get(cursor.section().ordinal()).add(text(record));
        }
        return new DnsjavaRecords(sections);
    }

    /** The message if dnsjava takes it; a few records that it takes it can't write. */
    static Optional<Message> parse(byte[] octets) {
        try {
            Message message = new Message(octets);
            of(message);
            return Optional.of(message);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** As dnsjava writes what it read: it puts parameters of HTTPS records in order, for example. */
    DnsjavaRecords normalized() {
        return mapped(DnsjavaRecords::normalized);
    }

    private DnsjavaRecords mapped(UnaryOperator<String> change) {
        return new DnsjavaRecords(sections.stream()
                .map(records -> records.stream().map(change).toList())
                .toList());
    }

    private static String normalized(String octets) {
        try {
            byte[] record = octets.getBytes(StandardCharsets.ISO_8859_1);
            return text(Record.fromWire(record, 1).toWire(1));
        } catch (IOException | RuntimeException e) {
            // RDATA that dnsjava does not take.
            return octets;
        }
    }

    /** With letters in lower case, be they in names or elsewhere. */
    DnsjavaRecords lowerCase() {
        return mapped(DnsjavaRecords::lowerCase);
    }

    /** Fails with the first record that is not {@code expected}'s: two long lists tell nobody anything. */
    void assertSameAs(DnsjavaRecords expected) {
        for (int section = 0; section < 3; section++) {
            List<String> records = sections.get(section);
            List<String> others = expected.sections.get(section);
            for (int i = 0; i < Math.max(records.size(), others.size()); i++) {
                assertThat(hex(records, i))
                        .as("record %d of section %d", i, section)
                        .isEqualTo(hex(others, i));
            }
        }
    }

    /** Each section's records in an order of their octets. */
    DnsjavaRecords sorted() {
        return new DnsjavaRecords(sections.stream()
                .map(records -> records.stream().sorted().toList())
                .toList());
    }

    private static String hex(List<String> records, int index) {
        return index < records.size()
                ? HexFormat.of().formatHex(records.get(index).getBytes(StandardCharsets.ISO_8859_1))
                : "no record";
    }

    /** The first {@code count} records. */
    DnsjavaRecords first(int count) {
        List<List<String>> kept = new ArrayList<>();
        int left = count;
        for (List<String> records : sections) {
            kept.add(records.subList(0, Math.min(left, records.size())));
            left -= kept.getLast().size();
        }
        return new DnsjavaRecords(kept);
    }

    int count() {
        return sections.stream().mapToInt(List::size).sum();
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String lowerCase(String octets) {
        char[] lower = octets.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] |= 0x20;
            }
        }
        return new String(lower);
    }
}
