package org.cairndns.zone;

/**
 * Whether what was read before some moment is still what would be read now.
 *
 * <p>Made before the reading, asked afterwards: a change in between shows, so that what was read is taken for outdated
 * rather than for current. Any thread.
 */
@FunctionalInterface
public interface Validity {
    /** Never given. */
    Validity NEVER = () -> false;

    /** False from the first change on that might make a difference; may be false too early, never too late. */
    boolean holds();

    /** True for the one that is never given. */
    @SuppressWarnings("ReferenceEquality") // there is one of it
    default boolean isNever() {
        return this == NEVER;
    }
}
