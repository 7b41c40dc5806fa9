package org.cairndns.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.xbill.DNS.Type;

/** Records at random of many types, whose RDATA dnsjava takes too. */
final class RandomRecords {
    /**
     * A record to be written to a message.
     *
     * @param owner wire form of the owner
     * @param rdata fields in order; a name is a {@link NameField}, anything else octets
     */
    record Draft(byte[] owner, int type, int dnsClass, int ttlSeconds, List<Object> rdata) {
        /** RDATA with names in full. */
        byte[] octets() {
            Octets out = new Octets();
            for (Object field : rdata) {
                out.raw(field instanceof NameField name ? name.wire() : (byte[]) field);
            }
            return out.toArray();
        }
    }

    /** A name in RDATA. */
    record NameField(byte[] wire) {}

    private static final int[] TYPES = {
        Type.A,
        Type.A,
        Type.A,
        Type.A,
        Type.AAAA,
        Type.AAAA,
        Type.AAAA,
        Type.CNAME,
        Type.CNAME,
        Type.MX,
        Type.SRV,
        Type.SRV,
        Type.TXT,
        Type.TXT,
        Type.SOA,
        Type.SOA,
        Type.NS,
        Type.NS,
        Type.PTR,
        Type.NAPTR,
        Type.CAA,
        Type.SVCB,
        Type.HTTPS,
        Type.DS,
        Type.RRSIG,
        Type.NSEC,
        Type.DNSKEY,
        Type.DNAME,
        Type.HINFO,
        Type.MINFO,
        Type.RP,
        Type.AFSDB,
        Type.RT,
        Type.KX,
        Type.PX,
        Type.MB,
        65280,
        10
    };

    private final SplittableRandom random;
    private final List<byte[]> seen = new ArrayList<>();

    /** Records of one message, whose names come back like those of {@code qname}. */
    RandomRecords(SplittableRandom random, byte[] qname) {
        this.random = random;
        seen.add(qname);
    }

    Draft next() {
        int type = TYPES[random.nextInt(TYPES.length)];
        byte[] owner = name().wire();
        int dnsClass = random.nextInt(40) == 0 ? DnsClass.CH : DnsClass.IN;
        int ttl = random.nextInt(30) == 0 ? random.nextInt() : random.nextInt(90_000);
        return new Draft(owner, type, dnsClass, ttl, rdata(type));
    }

    private List<Object> rdata(int type) {
        return switch (type) {
            case Type.A -> List.of(octets(4));
            case Type.AAAA -> List.of(octets(16));
            case Type.NS, Type.CNAME, Type.PTR, Type.DNAME, Type.MB -> List.of(name());
            case Type.MX, Type.AFSDB, Type.RT, Type.KX -> List.of(octets(2), name());
            case Type.MINFO, Type.RP -> List.of(name(), name());
            case Type.PX -> List.of(octets(2), name(), name());
            case Type.SOA -> List.of(name(), name(), octets(20));
            case Type.SRV -> List.of(octets(6), name());
            case Type.TXT -> texts(1 + random.nextInt(4));
            case Type.HINFO -> texts(2);
            case Type.NAPTR -> List.of(octets(4), text(), text(), text(), name());
            case Type.CAA -> List.of(octets(1), ascii("issue"), octets(random.nextInt(20)));
            case Type.SVCB, Type.HTTPS -> List.of(octets(2), name(), serviceParameters());
            case Type.DS -> List.of(octets(2), new byte[] {8, 2}, octets(32));
            case Type.DNSKEY -> List.of(octets(2), new byte[] {3, 13}, octets(64));
            case Type.RRSIG -> List.of(new byte[] {0, 1, 13}, octets(15), name(), octets(64));
            case Type.NSEC -> List.of(name(), new byte[] {0, 2, 0x40, 1});
            default -> List.of(octets(random.nextInt(random.nextInt(50) == 0 ? 3000 : 30)));
        };
    }

    private byte[] serviceParameters() {
        Octets out = new Octets();
        if (random.nextBoolean()) {
            out.u16(1).u16(6).raw(2, 'h', '2', 2, 'h', '3');
        }
        if (random.nextBoolean()) {
            out.u16(3).u16(2).u16(8443);
        }
        if (random.nextBoolean()) {
            out.u16(4).u16(8).raw(octets(8));
        }
        if (random.nextBoolean()) {
            out.u16(667).u16(5).raw(octets(5));
        }
        return out.toArray();
    }

    private List<Object> texts(int count) {
        List<Object> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    private byte[] text() {
        byte[] octets = octets(random.nextInt(random.nextInt(20) == 0 ? 256 : 12));
        return new Octets().u8(octets.length).raw(octets).toArray();
    }

    private static byte[] ascii(String text) {
        return new Octets()
                .u8(text.length())
                .raw(text.getBytes(StandardCharsets.US_ASCII))
                .toArray();
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    /** A name of this message again, one below it, or a new one. */
    private NameField name() {
        byte[] wire = seen.get(random.nextInt(seen.size()));
        switch (random.nextInt(4)) {
            case 0 -> wire = RandomNames.wire(random);
            case 1 -> wire = below(wire);
            default -> {}
        }
        seen.add(wire);
        return new NameField(wire);
    }

    private byte[] below(byte[] wire) {
        byte[] label = {2, 'n', (byte) ('0' + random.nextInt(10))};
        boolean fits = wire.length + label.length <= DomainName.MAX_OCTETS;
        return fits ? new Octets().raw(label).raw(wire).toArray() : wire;
    }
}
