package org.cairndns.zone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.fuzz.Scratch;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;

/** Any text as a zone file: refused with a reason, or a zone whose records, written as a zone file, are the same zone. */
public final class ZoneFileTarget {
    private static final DomainName APEX = DomainName.of("example.org.");

    private ZoneFileTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        String text = new String(octets, java.nio.charset.StandardCharsets.ISO_8859_1);
        // Files without an end, and a million records from one line, are for the one who writes the file to answer for.
        if (text.contains("/dev")
                || text.contains("/proc")
                || text.contains("/sys")
                || text.matches("(?is).*\\$generate.*\\d{4}.*")) {
            return;
        }
        Path file = Scratch.file("fuzz.zone", octets);
        Zone zone;
        try {
            zone = ZoneFile.read(file, APEX).zone();
        } catch (ZoneException | IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        List<String> records = lines(zone);
        Path again = Scratch.file(
                "again.zone",
                (String.join("\n", records) + "\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        try {
            assertThat(lines(ZoneFile.read(again, APEX).zone())).isEqualTo(records);
        } catch (ZoneException e) {
            throw new AssertionError(Files.readString(again), e);
        }
    }

    private static List<String> lines(Zone zone) {
        List<String> lines = new ArrayList<>();
        zone.forEachRecord(record -> lines.add(line(record)));
        return lines;
    }

    private static String line(ResourceRecord record) {
        return record.owner() + " " + record.ttlSeconds() + " IN " + RecordType.text(record.type()) + " "
                + Rdata.toText(record.type(), record.rdata());
    }
}
