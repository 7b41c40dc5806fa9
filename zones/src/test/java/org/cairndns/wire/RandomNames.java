package org.cairndns.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.xbill.DNS.Name;

/** Names at random, alike enough to share suffixes and different in letter case. */
final class RandomNames {
    private static final String[] LABELS = {
        "a",
        "A",
        "www",
        "WwW",
        "example",
        "Example",
        "com",
        "COM",
        "svc",
        "cluster",
        "local",
        "_tcp",
        "*",
        "xn--bcher-kva"
    };

    private RandomNames() {}

    /** A name in wire form: mostly a few known labels, sometimes any octets, sometimes one of 255 octets. */
    static byte[] wire(SplittableRandom random) {
        byte[] wire = new byte[DomainName.MAX_OCTETS];
        boolean longest = random.nextInt(50) == 0;
        int labels = longest ? 127 : random.nextInt(6);
        int at = 0;
        for (int i = 0; i < labels; i++) {
            byte[] label = longest ? longLabel(random) : label(random);
            int octets = Math.min(label.length, DomainName.MAX_OCTETS - 2 - at);
            if (octets <= 0) {
                break;
            }
            wire[at] = (byte) octets;
            System.arraycopy(label, 0, wire, at + 1, octets);
            at += octets + 1;
        }
        return Arrays.copyOf(wire, at + 1);
    }

    static Name name(SplittableRandom random) {
        return name(wire(random));
    }

    static Name name(byte[] wire) {
        try {
            return new Name(wire);
        } catch (IOException e) {
            throw new AssertionError("dnsjava can't read the name", e);
        }
    }

    /** The same name with other upper and lower case letters. */
    static byte[] otherCase(byte[] wire, SplittableRandom random) {
        byte[] other = wire.clone();
        for (int i = 0; i < other.length; i++) {
            int lower = other[i] | 0x20;
            if (lower >= 'a' && lower <= 'z' && random.nextBoolean()) {
                other[i] ^= 0x20;
            }
        }
        return other;
    }

    private static byte[] label(SplittableRandom random) {
        if (random.nextInt(8) != 0) {
            return LABELS[random.nextInt(LABELS.length)].getBytes(StandardCharsets.US_ASCII);
        }
        byte[] label = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? 63 : 6)];
        random.nextBytes(label);
        return label;
    }

    private static byte[] longLabel(SplittableRandom random) {
        byte[] label = new byte[random.nextInt(3) == 0 ? 63 : 1 + random.nextInt(63)];
        random.nextBytes(label);
        return label;
    }
}
