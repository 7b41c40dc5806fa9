package org.cairndns.wire;

import java.util.SplittableRandom;

/**
 * Many random cases of one property.
 *
 * <p>The seed is printed and named by a failure; {@code -Dcairn.fuzz.seed=SEED} runs the same cases again,
 * {@code -Dcairn.fuzz.factor=N} runs N times as many.
 */
final class RandomCases {
    /** One case: makes its input from {@code random} and throws what is wrong with the output. */
    interface Property {
        void check(SplittableRandom random) throws Exception;
    }

    private RandomCases() {}

    static void check(String what, int cases, Property property) {
        long seed = Long.getLong("cairn.fuzz.seed", System.nanoTime());
        long count = (long) cases * Integer.getInteger("cairn.fuzz.factor", 1);
        System.out.println(what + ": " + count + " cases, seed " + seed);
        for (long number = 0; number < count; number++) {
            try {
                property.check(new SplittableRandom(seed + number));
            } catch (Exception | Error e) {
                throw new AssertionError(
                        what + ", case " + number + ": again by -Dcairn.fuzz.seed=" + (seed + number), e);
            }
        }
    }
}
