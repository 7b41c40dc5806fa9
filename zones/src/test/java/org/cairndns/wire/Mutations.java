package org.cairndns.wire;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damage to a message as a hostile or broken sender does it. */
final class Mutations {
    private static final int[] LENGTHS = {0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xff};
    private static final byte[] OPT = {0, 0, 41, 4, (byte) 0xd0, 0, 0, 0, 0, 0, 0};

    private Mutations() {}

    /** The message with one to four damages. */
    static byte[] of(byte[] message, SplittableRandom random) {
        byte[] octets = message.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            octets = octets.length == 0 ? octets : damaged(octets, random);
        }
        return octets;
    }

    private static byte[] damaged(byte[] octets, SplittableRandom random) {
        int at = random.nextInt(octets.length);
        switch (random.nextInt(12)) {
            case 0, 1 -> octets[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> octets[at] = (byte) random.nextInt();
            case 3 -> octets[at] = (byte) LENGTHS[random.nextInt(LENGTHS.length)];
            case 4 -> {
                return Arrays.copyOf(octets, at);
            }
            case 5 -> {
                byte[] more = new byte[1 + random.nextInt(20)];
                random.nextBytes(more);
                return spliced(octets, at, at, more);
            }
            case 6 -> {
                return spliced(octets, at, Math.min(octets.length, at + 1 + random.nextInt(12)), new byte[0]);
            }
            case 7 -> count(octets, random);
            case 8, 9 -> pointer(octets, at, random);
            case 10 -> {
                return withOpt(octets, random);
            }
            default -> octets[Math.min(2 + random.nextInt(2), octets.length - 1)] ^= (byte) (1 << random.nextInt(8));
        }
        return octets;
    }

    /** Another number of questions or records, mostly a near one. */
    private static void count(byte[] octets, SplittableRandom random) {
        int field = 4 + 2 * random.nextInt(4);
        if (octets.length >= 12) {
            boolean near = random.nextInt(4) != 0;
            octets[field] = (byte) (near ? 0 : random.nextInt());
            octets[field + 1] = (byte) (near ? octets[field + 1] + random.nextInt(4) - 1 : random.nextInt());
        }
    }

    /** A pointer to itself, into the header or the question, back a little, or to anywhere. */
    private static void pointer(byte[] octets, int at, SplittableRandom random) {
        int target = switch (random.nextInt(4)) {
            case 0 -> at;
            case 1 -> random.nextInt(40);
            case 2 -> at - 1 - random.nextInt(40);
            default -> random.nextInt(octets.length + 10);
        };
        octets[at] = (byte) (0xc0 | target >> 8 & 0x3f);
        if (at + 1 < octets.length) {
            octets[at + 1] = (byte) target;
        }
    }

    /** One more OPT record at the end, counted. */
    private static byte[] withOpt(byte[] octets, SplittableRandom random) {
        byte[] more = Arrays.copyOf(octets, octets.length + OPT.length);
        System.arraycopy(OPT, 0, more, octets.length, OPT.length);
        if (octets.length >= 12) {
            more[11]++;
        }
        if (random.nextInt(4) == 0) {
            more[octets.length + 6] = (byte) random.nextInt();
        }
        return more;
    }

    private static byte[] spliced(byte[] octets, int from, int to, byte[] with) {
        return new Octets()
                .raw(Arrays.copyOf(octets, from))
                .raw(with)
                .raw(Arrays.copyOfRange(octets, to, octets.length))
                .toArray();
    }
}
