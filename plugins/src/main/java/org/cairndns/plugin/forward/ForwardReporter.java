package org.cairndns.plugin.forward;

import java.util.List;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.wire.DomainName;

/**
 * The upstreams of one directive as they are shown.
 *
 * @param names what is sent there, in a few words
 * @param place equal for the directive that takes its place at a reload
 */
record ForwardReporter(Forwarder forwarder, String names, Place place) implements Reporter {
    /**
     * Where a directive stands.
     *
     * @param servers addresses of its server block, as in metrics
     * @param views which queries the block takes, of several for its zones
     * @param number of its line among those of the block
     */
    record Place(List<String> servers, List<String> zones, List<String> views, int number) {
        /** The place of a line, in a block whose configuration was accepted. */
        static Place of(BlockContext context, int number) {
            List<String> views = context.block().directives("view").stream()
                    .flatMap(view -> view.tokens().stream())
                    .map(Token::text)
                    .toList();
            return new Place(List.copyOf(context.servers()), context.zones(), views, number);
        }
    }

    /**
     * A reporter for a directive.
     *
     * @param place with the zones of the server block, which say more than a directive for all names
     */
    static ForwardReporter of(Forwarder forwarder, Place place) {
        DomainName from = forwarder.config().from();
        if (!from.equals(DomainName.ROOT)) {
            return new ForwardReporter(forwarder, from.toString(), place);
        }
        List<String> zones = place.zones();
        int more = zones.size() - 1;
        String names = zones.getFirst() + (more > 0 ? " and " + more + " more" : "");
        return new ForwardReporter(forwarder, names, place);
    }

    @Override
    public List<Report> reports() {
        return forwarder.reports(names);
    }
}
