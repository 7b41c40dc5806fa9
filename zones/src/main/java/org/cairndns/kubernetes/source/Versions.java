package org.cairndns.kubernetes.source;

import java.util.OptionalLong;

/**
 * Resource versions of the API: numbers that grow with every change of anything.
 *
 * <p>That is what all stores of Kubernetes have; of a text that is no number nothing can be said but whether it is the same.
 */
final class Versions {
    private Versions() {}

    /** A number that is another one for another version of the same object. */
    static int revision(String version) {
        OptionalLong number = number(version);
        return number.isPresent() ? Long.hashCode(number.getAsLong()) : version.hashCode();
    }

    /** True if both are numbers and the first one is the smaller. */
    static boolean isBefore(String version, String other) {
        OptionalLong number = number(version);
        OptionalLong otherNumber = number(other);
        return number.isPresent() && otherNumber.isPresent() && number.getAsLong() < otherNumber.getAsLong();
    }

    /** True if both are numbers and the first one is at least the second. */
    static boolean isAtLeast(String version, String other) {
        return number(version).isPresent() && number(other).isPresent() && !isBefore(version, other);
    }

    private static OptionalLong number(String version) {
        if (version.isEmpty() || version.length() > 18) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < version.length(); i++) {
            int digit = version.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            number = 10 * number + digit;
        }
        return OptionalLong.of(number);
    }
}
