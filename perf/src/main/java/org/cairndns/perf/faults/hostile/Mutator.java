package org.cairndns.perf.faults.hostile;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damage to a message as hostile or broken senders do it; the same seed does the same damage. */
final class Mutator {
    private static final int HEADER_OCTETS = 12;
    private static final int[] INTERESTING = {0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xff};
    private static final byte[] OPT = {0, 0, 41, 4, (byte) 0xd0, 0, 0, 0, 0, 0, 0};

    private Mutator() {}

    /** The message with none to four damages. */
    static byte[] mutate(byte[] message, SplittableRandom random) {
        byte[] octets = message.clone();
        for (int i = random.nextInt(5); i > 0 && octets.length > 0; i--) {
            octets = once(octets, random);
        }
        return octets;
    }

    private static byte[] once(byte[] octets, SplittableRandom random) {
        int at = random.nextInt(octets.length);
        return switch (random.nextInt(16)) {
            case 0, 1 -> set(octets, at, octets[at] ^ 1 << random.nextInt(8));
            case 2 -> set(octets, at, random.nextInt());
            case 3 -> set(octets, at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 4 -> Arrays.copyOf(octets, at);
            case 5 -> spliced(octets, at, at, random(1 + random.nextInt(20), random));
            case 6 -> spliced(octets, at, Math.min(octets.length, at + 1 + random.nextInt(12)), new byte[0]);
            case 7 -> counts(octets, random);
            case 8 -> pointer(octets, at, random);
            case 9 -> withOpt(octets, random);
            case 10 -> set(octets, Math.min(2 + random.nextInt(2), octets.length - 1), random.nextInt());
            case 11 -> ofEnd(octets, random);
            case 12 -> twice(octets, random);
            case 13 -> spliced(octets, octets.length, octets.length, random(random.nextInt(200), random));
            case 14 -> spliced(octets, at, at, new byte[random.nextInt(300)]);
            default -> longer(octets, random);
        };
    }

    private static byte[] set(byte[] octets, int at, int value) {
        octets[at] = (byte) value;
        return octets;
    }

    /** Another number of questions or records, mostly a near one. */
    private static byte[] counts(byte[] octets, SplittableRandom random) {
        int field = 4 + 2 * random.nextInt(4);
        if (octets.length < HEADER_OCTETS) {
            return octets;
        }
        boolean near = random.nextInt(4) != 0;
        octets[field] = (byte) (near ? 0 : random.nextInt());
        return set(octets, field + 1, near ? octets[field + 1] + random.nextInt(4) - 1 : random.nextInt());
    }

    /** A pointer to itself, into the header or the question, back a little, or to anywhere. */
    private static byte[] pointer(byte[] octets, int at, SplittableRandom random) {
        int target = switch (random.nextInt(4)) {
            case 0 -> at;
            case 1 -> random.nextInt(40);
            case 2 -> at - 1 - random.nextInt(40);
            default -> random.nextInt(octets.length + 10);
        };
        set(octets, at, 0xc0 | target >> 8 & 0x3f);
        return at + 1 < octets.length ? set(octets, at + 1, target) : octets;
    }

    /** One more OPT record at the end, counted; perhaps of another version, perhaps with a length that lies. */
    private static byte[] withOpt(byte[] octets, SplittableRandom random) {
        byte[] more = spliced(octets, octets.length, octets.length, OPT);
        if (octets.length >= HEADER_OCTETS) {
            more[11]++;
        }
        return switch (random.nextInt(4)) {
            case 0 -> set(more, octets.length + 6, random.nextInt());
            case 1 -> set(more, more.length - 1, random.nextInt());
            default -> more;
        };
    }

    /** Damage near the end: the type and the class of a question without EDNS, the options of one with it. */
    private static byte[] ofEnd(byte[] octets, SplittableRandom random) {
        int back = 1 + random.nextInt(Math.min(octets.length, 12));
        return set(octets, octets.length - back, random.nextInt(random.nextBoolean() ? 256 : 8));
    }

    /** All behind the header a second time, with the count of questions as it was or one higher. */
    private static byte[] twice(byte[] octets, SplittableRandom random) {
        if (octets.length < HEADER_OCTETS) {
            return octets;
        }
        byte[] more =
                spliced(octets, octets.length, octets.length, Arrays.copyOfRange(octets, HEADER_OCTETS, octets.length));
        if (random.nextBoolean()) {
            more[5]++;
        }
        return more;
    }

    /** Options or garbage up to far beyond what a query has. */
    private static byte[] longer(byte[] octets, SplittableRandom random) {
        return random.nextInt(20) == 0
                ? spliced(octets, octets.length, octets.length, random(random.nextInt(5000), random))
                : octets;
    }

    private static byte[] random(int count, SplittableRandom random) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] spliced(byte[] octets, int from, int to, byte[] with) {
        return new MessageOctets()
                .raw(octets, 0, from)
                .raw(with)
                .raw(octets, to, octets.length)
                .toArray();
    }
}
