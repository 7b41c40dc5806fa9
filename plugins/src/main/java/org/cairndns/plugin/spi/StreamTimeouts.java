package org.cairndns.plugin.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Limits of connections as the directive {@code timeouts} sets them; what is empty is up to the server.
 *
 * @param read time from the start of a connection to its first whole query, 1 s to 24 h
 * @param write time that a client may leave its responses untaken, 1 s to 24 h
 * @param idle time from a response to the next whole query, 1 s to 24 h
 * @param maxQueries queries of one connection, at least 1, or {@link #UNLIMITED}
 */
public record StreamTimeouts(
        Optional<Duration> read, Optional<Duration> write, Optional<Duration> idle, OptionalInt maxQueries) {
    /** The number of queries that stands for any number. */
    public static final int UNLIMITED = -1;

    public static final StreamTimeouts NONE =
            new StreamTimeouts(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.empty());

    /** These, and where they say nothing the others. */
    public StreamTimeouts over(StreamTimeouts others) {
        return new StreamTimeouts(
                read.or(others::read),
                write.or(others::write),
                idle.or(others::idle),
                maxQueries.isPresent() ? maxQueries : others.maxQueries);
    }
}
