package org.cairndns.monitoring;

import java.io.IOException;
import java.time.Duration;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.plugin.testing.UpstreamDouble.Ask;
import org.cairndns.plugin.testing.UpstreamDouble.Behaviour;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What an upstream does to a query, by the first label of its name. */
final class OddUpstream {
    private static final Behaviour ADDRESS = UpstreamDouble.address("198.51.100.7");

    private OddUpstream() {}

    /** Later than any query is waited for without a second upstream being asked. */
    static Behaviour slow() {
        return UpstreamDouble.byCheck(ADDRESS, UpstreamDouble.delayed(Duration.ofMillis(500), ADDRESS));
    }

    static void answer(Ask ask) throws IOException {
        if (ask.query().getQuestion().getType() == Type.NS) {
            ADDRESS.answer(ask);
            return;
        }
        behaviour(ask.qname().split("\\.", 2)[0].replaceAll("[0-9]+$", "")).answer(ask);
    }

    private static Behaviour behaviour(String label) {
        return switch (label) {
            case "fail" -> UpstreamDouble.rcode(Rcode.SERVFAIL);
            case "refused" -> UpstreamDouble.rcode(Rcode.REFUSED);
            case "nx" -> UpstreamDouble.rcode(Rcode.NXDOMAIN);
            // The forged answer comes first.
            case "forged" ->
                ask -> {
                    UpstreamDouble.otherId().answer(ask);
                    ADDRESS.answer(ask);
                };
            case "Case" -> UpstreamDouble.byTransport(UpstreamDouble.lowerCase(), ADDRESS);
            default -> OddUpstream::nothing;
        };
    }

    /** Answers most names with nothing, as those are that search lists make. */
    private static void nothing(Ask ask) throws IOException {
        Message response = UpstreamDouble.response(ask);
        if (ask.qname().startsWith("www")) {
            ADDRESS.answer(ask);
        } else {
            ask.sender().send(response.toWire());
        }
    }
}
