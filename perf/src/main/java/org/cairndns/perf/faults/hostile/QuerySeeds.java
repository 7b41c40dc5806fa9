package org.cairndns.perf.faults.hostile;

import java.util.List;
import java.util.SplittableRandom;

/** Proper queries of all kinds, for the names that {@link HostileSetup} serves. */
final class QuerySeeds {
    private static final int OPT = 41;
    private static final int RD = 0x0100;
    private static final int NOTIFY = 0x2000;
    private static final int SOA = 6;
    private static final int TSIG = 250;
    private static final int IXFR = 251;

    private static final List<String> NAMES = List.of(
            "web.default.svc.cluster.local",
            "WEB.Default.svc.cluster.local",
            "headless.default.svc.cluster.local",
            "_http._tcp.web.default.svc.cluster.local",
            "10-1-0-1.default.pod.cluster.local",
            "nothing.default.svc.cluster.local",
            "cluster.local",
            "dns-version.cluster.local",
            "10.0.96.10.in-addr.arpa",
            "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa",
            "file.example",
            "www.file.example",
            "alias.file.example",
            "a.b.wild.file.example",
            "many.file.example",
            "host.example",
            "x.tmpl.example",
            "old.example",
            "name.blocked.example",
            "a.up.example",
            "",
            "com",
            ("x".repeat(63) + ".").repeat(3) + "y".repeat(57) + ".up");

    private static final int[] TYPES = {
        1, 1, 1, 28, 28, 33, 12, 16, 2, SOA, 5, 15, 35, 43, 48, 64, 65, 255, 252, IXFR, 13
    };

    private QuerySeeds() {}

    /** One of them, with an id of 0. */
    static byte[] next(SplittableRandom random) {
        String qname = NAMES.get(random.nextInt(NAMES.size()));
        int qtype = TYPES[random.nextInt(TYPES.length)];
        int flags = (random.nextInt(4) == 0 ? 0 : RD)
                | (random.nextInt(8) == 0 ? 0x10 : 0)
                | (random.nextInt(8) == 0 ? 0x20 : 0);
        if (random.nextInt(40) == 0) {
            MessageOctets notify = MessageOctets.header(0, NOTIFY | 0x400, 1, 1, 0, 0);
            return soa(notify.question("file.example", SOA)).toArray();
        }
        boolean ixfr = qtype == IXFR;
        boolean edns = random.nextInt(3) != 0;
        boolean signed = random.nextInt(30) == 0;
        MessageOctets query = MessageOctets.header(0, flags, 1, 0, ixfr ? 1 : 0, (edns ? 1 : 0) + (signed ? 1 : 0))
                .question(qname, qtype);
        if (ixfr) {
            soa(query);
        }
        if (edns) {
            opt(query, random);
        }
        if (signed) {
            query.name("key.example").u16(TSIG).u16(255).u32(0).u16(16).raw(new byte[16]);
        }
        return query.toArray();
    }

    private static MessageOctets soa(MessageOctets message) {
        return message.u16(0xc00c)
                .u16(SOA)
                .u16(1)
                .u32(60)
                .u16(24)
                .u16(0xc00c)
                .u16(0xc00c)
                .u32(7)
                .u32(1)
                .u32(1)
                .u32(1)
                .u32(1);
    }

    private static void opt(MessageOctets query, SplittableRandom random) {
        int[] sizes = {0, 100, 512, 1232, 4096, 65_535};
        MessageOctets options = new MessageOctets();
        for (int i = random.nextInt(4); i > 0; i--) {
            option(options, random);
        }
        query.u8(0)
                .u16(OPT)
                .u16(sizes[random.nextInt(sizes.length)])
                .u32(random.nextBoolean() ? 0x8000 : 0)
                .u16(options.length())
                .raw(options.toArray());
    }

    private static void option(MessageOctets options, SplittableRandom random) {
        switch (random.nextInt(7)) {
            case 0 -> options.u16(3).u16(0);
            case 1 -> options.u16(10).u16(8).raw(octets(8, random));
            case 2 -> options.u16(8).u16(7).u16(1).u8(24).u8(0).u8(203).u8(0).u8(113);
            case 3 -> options.u16(11).u16(0);
            case 4 -> options.u16(12).u16(30).raw(new byte[30]);
            case 5 -> options.u16(8).u16(4).u16(2).u8(0).u8(0);
            default -> {
                byte[] value = octets(random.nextInt(random.nextInt(30) == 0 ? 1500 : 20), random);
                options.u16(65_001 + random.nextInt(400)).u16(value.length).raw(value);
            }
        }
    }

    private static byte[] octets(int count, SplittableRandom random) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
