package org.cairndns.plugin.secondary;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/** Reader of <code>secondary [ZONES...] { transfer from ADDRESS...; fallthrough [ZONES...] }</code>. */
final class SecondaryConfigReader {
    private static final String TRANSFER = "transfer";
    private static final List<String> PROPERTIES = List.of(TRANSFER, "fallthrough");
    private static final int PORT = 53;

    private final ServerBlock block;
    private final Problems problems;
    private final List<SecondaryConfig.Source> sources = new ArrayList<>();
    private Zones fallthrough = Zones.NONE;

    private SecondaryConfigReader(ServerBlock block, Problems problems) {
        this.block = block;
        this.problems = problems;
    }

    /** The configuration of a block's directives; what is wrong goes to {@code problems}. */
    static SecondaryConfig read(List<Directive> occurrences, ServerBlock block, Problems problems) {
        SecondaryConfigReader reader = new SecondaryConfigReader(block, problems);
        occurrences.forEach(reader::read);
        return new SecondaryConfig(reader.sources, reader.fallthrough);
    }

    private void read(Directive directive) {
        OptionReader option = new OptionReader(directive, problems);
        List<InetSocketAddress> primaries = new ArrayList<>();
        boolean hasTransfer = false;
        for (OptionReader property : option.properties(PROPERTIES)) {
            property.noBlock();
            if (property.name().equals(TRANSFER)) {
                hasTransfer = true;
                primaries(property, primaries);
            } else {
                fallthrough = Zones.of(property.fallthroughZones());
            }
        }
        if (!hasTransfer) {
            option.fail("'secondary' needs a line 'transfer from' with the addresses of primaries, got none");
        }
        for (String zone : ZoneNames.parseZoneArguments(option.args(), block, problems)) {
            DomainName apex = DomainName.of(zone);
            sources.removeIf(source -> source.apex().equals(apex));
            sources.add(new SecondaryConfig.Source(apex, primaries));
        }
    }

    private void primaries(OptionReader option, List<InetSocketAddress> primaries) {
        if (!option.hasArgs(1, Integer.MAX_VALUE)) {
            return;
        }
        Token word = option.args().getFirst();
        if (!word.text().equals("from")) {
            History.of("secondary", TRANSFER + " " + word.text())
                    .ifPresentOrElse(
                            change -> problems.report(word.position(), change),
                            () -> bad(word, "'from' and addresses behind it"));
            return;
        }
        if (option.args().size() == 1) {
            option.fail("missing value for 'transfer from', expected IP addresses of primaries, got end of line");
        }
        for (Token token : option.args().subList(1, option.args().size())) {
            Optional<InetSocketAddress> address = HostPort.parse(token.text(), PORT)
                    .flatMap(hostPort -> hostPort.address().map(ip -> new InetSocketAddress(ip, hostPort.port())));
            address.ifPresentOrElse(primaries::add, () -> bad(token, "an IP address with an optional port"));
        }
    }

    private void bad(Token token, String expected) {
        problems.add(
                token.position(), "bad value for 'transfer', expected " + expected + ", got '" + token.text() + "'");
    }
}
