package org.cairndns.zone.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples of RFC 4035 appendix B. */
class SignedZoneTest {
    private static final Set<String> CUTS = Set.of("a.example.", "b.example.");

    @TestFactory
    Stream<DynamicTest> lookup_examplesOfTheRfc_asThere() throws ZoneException {
        Zone zone = signed(TestZones.of("example.", TestZones.resource("rfc4035.zone")));
        return QuestionTable.tests(TestZones.resource("rfc4035.questions"), zone);
    }

    /** The zone with a signature for each RRset that RFC 4035 2.2 has one for. */
    private static Zone signed(Zone zone) throws ZoneException {
        List<ResourceRecord> records = new ArrayList<>();
        Set<String> rrsets = new TreeSet<>();
        zone.forEachRecord(record -> {
            records.add(record);
            rrsets.add(record.owner() + " " + RecordType.text(record.type()));
        });
        for (String rrset : rrsets) {
            String[] words = rrset.split(" ", -1);
            boolean glue = CUTS.stream().anyMatch(cut -> words[0].endsWith("." + cut));
            boolean referral = CUTS.contains(words[0]) && words[1].equals("NS");
            if (!glue && !referral) {
                records.add(new ResourceRecord(
                        Section.ANSWER,
                        DomainName.of(words[0]),
                        RecordType.RRSIG,
                        DnsClass.IN,
                        3600,
                        Rdata.fromText(
                                RecordType.RRSIG,
                                words[1] + " 5 1 3600 20040509183619 20040409183619 38519 example. AAAA")));
            }
        }
        return Zone.of(zone.apex(), records);
    }
}
