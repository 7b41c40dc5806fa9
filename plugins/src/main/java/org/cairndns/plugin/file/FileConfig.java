package org.cairndns.plugin.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cairndns.corefile.Position;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/**
 * What the {@code file} directives of a server block say together.
 *
 * @param sources zones with their files; of several with one zone the last holds
 * @param fallthrough names that go on to the next handler, whichever directive says so
 */
record FileConfig(List<Source> sources, Zones fallthrough) {
    FileConfig {
        sources = List.copyOf(sources);
    }

    /**
     * A zone and where it comes from.
     *
     * @param file absolute
     * @param position of the file's name in the Corefile
     */
    record Source(DomainName apex, Path file, Position position, Following following) {}

    /**
     * How changes of a file are followed.
     *
     * @param reload time between two looks at the file, zero for none
     * @param byTime true to read a changed file whatever its serial
     */
    record Following(Duration reload, boolean byTime) {}
}
