package org.cairndns.perf.faults.hostile;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A proper query whose answer is known.
 *
 * @param octets the query with an id of 0
 * @param address IPv4 address that the answer must have
 */
record GoodQuery(byte[] octets, int address) {
    private static final String[] NAMES = {
        "web.default.svc.cluster.local", "10.96.0.10",
        "one.headless.default.svc.cluster.local", "10.1.0.1",
        "www.file.example", "192.0.2.80",
        "host.example", "192.0.2.8",
        "any.tmpl.example", "192.0.2.7",
        "old.example", "10.96.0.10",
        "10-2-3-4.default.pod.cluster.local", "10.2.3.4"
    };

    /** One of them; some names are outside ones, of which a few are asked again and again. */
    static GoodQuery next(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            int number = random.nextBoolean() ? random.nextInt(20) : random.nextInt(1_000_000);
            return outside("good" + number + ".up.example");
        }
        int row = 2 * random.nextInt(NAMES.length / 2);
        int address = bits(InetAddress.ofLiteral(NAMES[row + 1]));
        return new GoodQuery(query(NAMES[row]), address);
    }

    /** A name that {@link HostileUpstream} answers honestly if it does not begin with {@code bad}. */
    static GoodQuery outside(String qname) {
        return new GoodQuery(query(qname), addressOf(qname));
    }

    static byte[] query(String qname) {
        return MessageOctets.header(0, 0x0100, 1, 0, 0, 0).question(qname, 1).toArray();
    }

    /** The one address of an outside name, in 198.18.0.0/15. */
    static int addressOf(String qname) {
        int hash = 0;
        for (byte octet : qname.getBytes(StandardCharsets.ISO_8859_1)) {
            hash = 31 * hash + (octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet);
        }
        return 0xc612_0000 | (hash ^ hash >>> 15) & 0x1_ffff;
    }

    private static int bits(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets[0] << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | octets[3] & 0xff;
    }
}
