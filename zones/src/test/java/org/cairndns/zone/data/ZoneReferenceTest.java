package org.cairndns.zone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;

/** Random zones with wildcards, aliases, DNAME, zone cuts and empty non-terminals against {@link ReferenceLookup}. */
class ZoneReferenceTest {
    private static final int ZONES = 400;
    private static final int QUESTIONS = 150;
    private static final String APEX = "z.";
    private static final List<String> LABELS = List.of("a", "b", "c", "*", "d");
    private static final List<String> TYPES = List.of("A", "TXT", "MX", "NS", "CNAME", "DNAME", "DS", "SOA", "ANY");

    @Test
    void lookup_randomZones_asTheReference() throws ZoneException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int compared = 0;
        for (int i = 0; i < ZONES; i++) {
            List<ReferenceLookup.Line> lines = lines(random);
            Zone zone = zone(lines);
            for (int q = 0; q < QUESTIONS; q++) {
                String qname = name(random, 4);
                String qtype = TYPES.get(random.nextInt(TYPES.size()));
                List<String> expected = new ReferenceLookup(APEX, lines).ask(qname, qtype);
                if (!expected.isEmpty()) {
                    assertThat(new LinkedHashSet<>(TestZones.ask(zone, qname, qtype, false)))
                            .as("seed %d: %s %s in %s", seed, qname, qtype, lines)
                            .containsExactlyElementsOf(new LinkedHashSet<>(expected));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(ZONES * QUESTIONS / 2);
    }

    private static List<ReferenceLookup.Line> lines(Random random) {
        Set<ReferenceLookup.Line> lines = new LinkedHashSet<>();
        lines.add(new ReferenceLookup.Line(APEX, 900, "SOA", "ns.z. hm.z. 1 2 3 4 " + (600 + 600 * random.nextInt(2))));
        lines.add(new ReferenceLookup.Line(APEX, 300, "NS", "a.z."));
        lines.add(new ReferenceLookup.Line(APEX, 300, "NS", "ns.elsewhere."));
        int count = 3 + random.nextInt(12);
        Set<String> aliases = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            String owner = name(random, 3);
            switch (random.nextInt(8)) {
                case 0, 1 -> lines.add(line(owner, "A", "192.0.2." + random.nextInt(1, 255)));
                case 2 -> lines.add(line(owner, "TXT", "text" + random.nextInt(9)));
                case 3 -> lines.add(line(owner, "MX", "10 " + name(random, 2)));
                case 4 -> {
                    if (!owner.equals(APEX)) {
                        lines.add(line(owner, "NS", name(random, 3)));
                    }
                }
                case 5, 6 -> {
                    if (!owner.equals(APEX) && aliases.add(owner)) {
                        lines.add(line(owner, "CNAME", random.nextInt(5) == 0 ? "out.side." : name(random, 3)));
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0 && lines.stream().noneMatch(is(owner, "DNAME"))) {
                        lines.add(line(owner, "DNAME", random.nextInt(3) == 0 ? "out.side." : name(random, 3)));
                    }
                }
            }
        }
        return new ArrayList<>(lines);
    }

    private static java.util.function.Predicate<ReferenceLookup.Line> is(String owner, String type) {
        return line -> line.owner().equals(owner) && line.type().equals(type);
    }

    private static ReferenceLookup.Line line(String owner, String type, String rdata) {
        return new ReferenceLookup.Line(owner, 300, type, rdata);
    }

    private static String name(Random random, int maxLabels) {
        StringBuilder name = new StringBuilder(APEX);
        for (int i = random.nextInt(maxLabels + 1); i > 0; i--) {
            name.insert(0, LABELS.get(random.nextInt(LABELS.size())) + ".");
        }
        return name.toString();
    }

    private static Zone zone(List<ReferenceLookup.Line> lines) throws ZoneException {
        List<ResourceRecord> records = new ArrayList<>();
        for (ReferenceLookup.Line line : lines) {
            int type = RecordType.parse(line.type()).orElseThrow();
            records.add(new ResourceRecord(
                    Section.ANSWER,
                    DomainName.of(line.owner()),
                    type,
                    DnsClass.IN,
                    line.ttlSeconds(),
                    Rdata.fromText(type, line.rdata())));
        }
        return Zone.of(DomainName.of(APEX), records);
    }
}
