package org.cairndns.plugin.auto;

import com.google.re2j.Pattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.History;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.PathText;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Regexps;
import org.cairndns.zone.Zones;

/** Reader of the {@code auto} directive; one object reads one directive. */
final class AutoConfigReader {
    private static final List<String> PROPERTIES = List.of("directory", "reload");
    private static final DurationBounds RELOAD =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ofMinutes(1));

    private final OptionReader option;
    private final BlockContext context;
    private Optional<Path> folder = Optional.empty();
    private OriginTemplate origins = OriginTemplate.STANDARD;
    private Duration reload = RELOAD.standard();

    private AutoConfigReader(OptionReader option, BlockContext context) {
        this.option = option;
        this.context = context;
    }

    /** The configuration of a directive; what is wrong goes to {@code problems}. Empty without a folder. */
    static Optional<AutoConfig> read(Directive directive, BlockContext context, Problems problems) {
        return new AutoConfigReader(new OptionReader(directive, problems), context).read();
    }

    private Optional<AutoConfig> read() {
        Problems problems = option.problems();
        Zones zones = Zones.of(ZoneNames.parseZoneArguments(option.args(), context.block(), problems));
        boolean named = false;
        for (OptionReader property : option.properties(PROPERTIES)) {
            if (property.name().equals("reload")) {
                reload = property.duration(RELOAD);
            } else {
                named = true;
                directory(property);
            }
        }
        if (!named) {
            // As in CoreDNS no error, though nothing is served.
            problems.warn(option.position(), "'auto' without 'directory' serves no zone");
        }
        return folder.map(path -> new AutoConfig(path, origins, reload, zones));
    }

    private void directory(OptionReader property) {
        if (property.args().size() > 3) {
            Token timeout = property.args().get(3);
            History.of(option.name(), History.AUTO_TIMEOUT)
                    .ifPresent(change -> property.problems().report(timeout.position(), change));
            return;
        }
        if (!property.hasArgs(1, 3)) {
            return;
        }
        Token name = property.args().getFirst();
        folder = PathText.read(name, context.directory(), property.name(), property.problems())
                .map(Path::normalize);
        if (folder.isEmpty()) {
            return;
        }
        folder.filter(path -> !Files.isDirectory(path))
                .ifPresent(path -> property.problems()
                        .warn(
                                name.position(),
                                "folder '" + path + "' " + (Files.exists(path) ? "is no folder" : "does not exist")
                                        + ", it is looked for again"));
        if (property.args().size() == 2) {
            property.fail("missing value for 'directory', expected a template such as {1} behind the expression, got"
                    + " end of line");
        } else if (property.args().size() == 3) {
            Token expression = property.args().get(1);
            Regexps.read(property, expression).ifPresent(pattern -> origins(property, expression, pattern));
        }
    }

    private void origins(OptionReader property, Token expression, Pattern pattern) {
        if (pattern.groupCount() == 0) {
            bad(property, expression, "a regular expression with a group in parentheses");
            return;
        }
        origins = new OriginTemplate(pattern, property.args().get(2).text());
    }

    private static void bad(OptionReader property, Token token, String expected) {
        property.problems()
                .add(
                        token.position(),
                        "bad value for '" + property.name() + "', expected " + expected + ", got '" + token.text()
                                + "'");
    }
}
