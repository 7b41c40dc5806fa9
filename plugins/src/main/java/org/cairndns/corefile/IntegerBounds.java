package org.cairndns.corefile;

/**
 * The values an integer option may take.
 *
 * @param min smallest accepted
 * @param max largest accepted
 * @param standard what holds when the option is not given
 */
public record IntegerBounds(int min, int max, int standard) {

    public IntegerBounds {
        if (min > max) {
            throw new IllegalArgumentException("min: expected at most " + max + ", got " + min);
        }
    }
}
