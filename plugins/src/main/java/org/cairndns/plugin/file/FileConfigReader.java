package org.cairndns.plugin.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.PathText;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/** Reader of the {@code file} directives of a server block. */
final class FileConfigReader {
    private static final List<String> PROPERTIES = List.of("reload", "reload_by_mtime", "fallthrough");
    private static final DurationBounds RELOAD =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ofMinutes(1));

    private final BlockContext context;
    private final Problems problems;
    private final List<FileConfig.Source> sources = new ArrayList<>();
    private Zones fallthrough = Zones.NONE;

    private FileConfigReader(BlockContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
    }

    /** The configuration of a block's directives; what is wrong goes to {@code problems}. */
    static FileConfig read(List<Directive> occurrences, BlockContext context, Problems problems) {
        FileConfigReader reader = new FileConfigReader(context, problems);
        occurrences.forEach(reader::read);
        return new FileConfig(reader.sources, reader.fallthrough);
    }

    private void read(Directive directive) {
        OptionReader option = new OptionReader(directive, problems);
        FileConfig.Following following = following(option);
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return;
        }
        Token name = option.args().getFirst();
        List<Token> zoneArgs = option.args().subList(1, option.args().size());
        Optional<Path> file =
                PathText.read(name, context.directory(), "file", problems).map(Path::normalize);
        for (String zone : ZoneNames.parseZoneArguments(zoneArgs, context.block(), problems)) {
            DomainName apex = DomainName.of(zone);
            sources.removeIf(source -> source.apex().equals(apex));
            file.ifPresent(path -> sources.add(new FileConfig.Source(apex, path, name.position(), following)));
        }
    }

    private FileConfig.Following following(OptionReader option) {
        Duration reload = RELOAD.standard();
        boolean byTime = false;
        for (OptionReader property : option.properties(PROPERTIES)) {
            switch (property.name()) {
                case "reload" -> reload = property.duration(RELOAD);
                case "reload_by_mtime" -> byTime |= property.hasArgs(0);
                default -> fallthrough = Zones.of(property.fallthroughZones());
            }
        }
        return new FileConfig.Following(reload, byTime);
    }
}
