package org.cairndns.plugin.forward;

import java.util.List;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.wire.DomainName;

/**
 * The upstreams of one directive as they are shown.
 *
 * @param names what is sent there, in a few words
 */
record ForwardReporter(Forwarder forwarder, String names) implements Reporter {
    /**
     * A reporter for a directive.
     *
     * @param zones those of the server block, which say more than a directive for all names
     */
    static ForwardReporter of(Forwarder forwarder, List<String> zones) {
        DomainName from = forwarder.config().from();
        if (!from.equals(DomainName.ROOT)) {
            return new ForwardReporter(forwarder, from.toString());
        }
        int more = zones.size() - 1;
        return new ForwardReporter(forwarder, zones.getFirst() + (more > 0 ? " and " + more + " more" : ""));
    }

    @Override
    public List<Report> reports() {
        return forwarder.reports(names);
    }
}
