package org.cairndns.plugin.hosts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cairndns.zone.Zones;

/**
 * What the {@code hosts} directive says.
 *
 * @param file absolute
 * @param zones names outside are none of the directive's business
 * @param inline lines in the form of the file's
 * @param records how records are made
 * @param reload time between two looks at the file, zero for none
 * @param fallsThrough which unknown names go on to the next handler
 */
record HostsConfig(
        Path file, Zones zones, List<String> inline, Records records, Duration reload, Fallthrough fallsThrough) {
    HostsConfig {
        inline = List.copyOf(inline);
    }

    /**
     * Form of the records.
     *
     * @param ttlSeconds 1..65535
     * @param reverse true to have PTR records for addresses
     */
    record Records(int ttlSeconds, boolean reverse) {
        static final Records STANDARD = new Records(3600, true);
    }

    /**
     * Names that go on to the next handler.
     *
     * @param zones of unknown names; none for no name
     * @param otherTypes true if types other than A and AAAA go on for known names, too
     */
    record Fallthrough(Zones zones, boolean otherTypes) {}
}
