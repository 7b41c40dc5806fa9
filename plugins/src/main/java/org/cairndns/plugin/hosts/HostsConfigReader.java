package org.cairndns.plugin.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Suggestions;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.zone.Zones;

/** Reader of the {@code hosts} directive; one object reads one directive. */
final class HostsConfigReader {
    static final String STANDARD_FILE = "/etc/hosts";
    private static final List<String> PROPERTIES =
            List.of("ttl", "no_reverse", "reload", "fallthrough", "fallthrough_unsupported");
    private static final IntegerBounds TTL = new IntegerBounds(1, 65_535, HostsConfig.Records.STANDARD.ttlSeconds());
    private static final DurationBounds RELOAD =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ofSeconds(5));

    private final OptionReader option;
    private final Problems problems;
    private final List<String> inline = new ArrayList<>();
    private int ttlSeconds = TTL.standard();
    private boolean reverse = HostsConfig.Records.STANDARD.reverse();
    private Duration reload = RELOAD.standard();
    private Zones fallthrough = Zones.NONE;
    private boolean otherTypes;

    private HostsConfigReader(OptionReader option) {
        this.option = option;
        this.problems = option.problems();
    }

    /** The configuration of a block's directive; what is wrong goes to {@code problems}. */
    static HostsConfig read(List<Directive> occurrences, BlockContext context, Problems problems) {
        return new HostsConfigReader(OptionReader.once(occurrences, problems)).read(context);
    }

    private HostsConfig read(BlockContext context) {
        List<Token> args = option.args();
        Path file = context.directory()
                .resolve(args.isEmpty() ? STANDARD_FILE : args.getFirst().text());
        List<Token> zoneArgs = args.isEmpty() ? args : args.subList(1, args.size());
        Zones zones = Zones.of(ZoneNames.parseZoneArguments(zoneArgs, context.block(), problems));
        if (!args.isEmpty() && !Files.isRegularFile(file)) {
            String fault = Files.isDirectory(file) ? "is a directory" : "does not exist";
            problems.warn(
                    args.getFirst().position(), "hosts file '" + file + "' " + fault + ", it is looked for again");
        }
        for (Directive property : option.directive().properties()) {
            property(property, zones);
        }
        if (otherTypes && fallthrough.isEmpty()) {
            option.fail("'fallthrough_unsupported' needs 'fallthrough' in the same block");
        }
        return new HostsConfig(
                file,
                zones,
                inline,
                new HostsConfig.Records(ttlSeconds, reverse),
                reload,
                new HostsConfig.Fallthrough(fallthrough, otherTypes));
    }

    private void property(Directive property, Zones zones) {
        OptionReader reader = new OptionReader(property, problems);
        switch (reader.name()) {
            case "ttl" -> ttlSeconds = reader.integer(TTL);
            case "no_reverse" -> reverse &= !reader.hasArgs(0);
            case "reload" -> reload = reader.duration(RELOAD);
            case "fallthrough" -> fallthrough = Zones.of(reader.fallthroughZones());
            case "fallthrough_unsupported" -> otherTypes |= reader.hasArgs(0);
            default -> inlineLine(reader, zones);
        }
    }

    /** Any other line in front of 'fallthrough' belongs to the hosts, as in CoreDNS, which takes nonsense there too. */
    private void inlineLine(OptionReader line, Zones zones) {
        String word = line.name();
        if (!fallthrough.isEmpty()) {
            line.fail("unknown property '" + word + "' of 'hosts', expected one of " + String.join(", ", PROPERTIES)
                    + "; lines with addresses stand in front of 'fallthrough'" + Suggestions.hint(word, PROPERTIES));
            return;
        }
        String text = word + " " + String.join(" ", line.directive().argTexts());
        HostLines parsed = new HostLines(zones, true);
        parsed.add(text);
        if (parsed.isEmpty()) {
            problems.warn(
                    line.position(),
                    "line is left out, expected an IP address and names in the zones of 'hosts', or one of "
                            + String.join(", ", PROPERTIES) + ", got '" + text.strip() + "'"
                            + Suggestions.hint(word, PROPERTIES));
        }
        inline.add(text);
    }
}
