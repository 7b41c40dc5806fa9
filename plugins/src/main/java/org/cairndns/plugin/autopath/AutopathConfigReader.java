package org.cairndns.plugin.autopath;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.ResolvConf;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/** Reader of the {@code autopath} directive. */
final class AutopathConfigReader {
    /** Plugins that know search paths of clients. */
    private static final List<String> PROVIDERS = List.of("kubernetes", "erratic");

    private static final AutopathConfig NONE = new AutopathConfig(Zones.NONE, List.of(), "");

    private AutopathConfigReader() {}

    /** The configuration of a block's directive; what is wrong goes to {@code problems}. Reads the file it names. */
    static AutopathConfig read(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.noBlock();
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return NONE;
        }
        List<Token> zones = option.args().subList(0, option.args().size() - 1);
        Token source = option.args().getLast();
        Zones covered = Zones.of(ZoneNames.parseZoneArguments(zones, context.block(), problems));
        if (source.text().startsWith("@")) {
            return new AutopathConfig(covered, List.of(), provider(source, context, problems));
        }
        return new AutopathConfig(covered, search(source, context, problems), "");
    }

    private static String provider(Token source, BlockContext context, Problems problems) {
        String name = source.text().substring(1);
        if (!PROVIDERS.contains(name)) {
            problems.add(
                    source.position(),
                    "bad value for 'autopath', expected a file, @kubernetes or @erratic, got '" + source.text() + "'");
        } else if (context.block().directives().stream()
                .noneMatch(directive -> directive.name().text().equals(name))) {
            problems.warn(
                    source.position(), "'autopath' has no effect without '" + name + "' in the same server block");
        }
        return name;
    }

    private static List<DomainName> search(Token source, BlockContext context, Problems problems) {
        try {
            List<DomainName> search =
                    ResolvConf.searchPath(context.server().directory().resolve(source.text()));
            if (search.isEmpty()) {
                problems.warn(
                        source.position(),
                        "'autopath' has no effect, file '" + source.text() + "' has no line 'search NAME...'");
            }
            return search;
        } catch (InvalidPathException | IOException e) {
            problems.missing(
                    source.position(),
                    "bad value for 'autopath', expected a file such as /etc/resolv.conf or @kubernetes, got '"
                            + source.text() + "': " + e);
            return List.of();
        }
    }
}
