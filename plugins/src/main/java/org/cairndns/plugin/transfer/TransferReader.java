package org.cairndns.plugin.transfer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.wire.DomainName;

/** Reader of <code>transfer [ZONES...] { to HOST...|*; source IP }</code>. */
final class TransferReader {
    private static final List<String> PROPERTIES = List.of("to", "source");
    private static final String ANYONE = "*";
    private static final int PORT = 53;

    private final OptionReader directive;
    private final List<InetSocketAddress> hosts = new ArrayList<>();
    private boolean anyone;
    private boolean named;
    private Optional<InetAddress> source = Optional.empty();

    private TransferReader(OptionReader directive) {
        this.directive = directive;
    }

    static TransferRule read(Directive directive, ServerBlock block, Problems problems) {
        TransferReader reader = new TransferReader(new OptionReader(directive, problems));
        List<DomainName> zones = ZoneNames.parseZoneArguments(directive.args(), block, problems).stream()
                .map(DomainName::of)
                .toList();
        return reader.read(zones);
    }

    private TransferRule read(List<DomainName> zones) {
        for (OptionReader property : directive.properties(PROPERTIES)) {
            property.noBlock();
            if (property.name().equals("to")) {
                to(property);
            } else {
                source(property);
            }
        }
        if (!named) {
            directive.fail("'transfer' needs a line 'to' with the addresses of secondaries or '*', got none");
        }
        return new TransferRule(zones, anyone, hosts, source);
    }

    private void to(OptionReader option) {
        named = true;
        option.hasArgs(1, Integer.MAX_VALUE);
        for (Token host : option.args()) {
            if (host.text().equals(ANYONE)) {
                anyone = true;
                continue;
            }
            Optional<InetSocketAddress> address = HostPort.parse(host.text(), PORT)
                    .flatMap(hostPort -> hostPort.address().map(ip -> new InetSocketAddress(ip, hostPort.port())));
            address.ifPresentOrElse(
                    hosts::add,
                    () -> directive
                            .problems()
                            .add(
                                    host.position(),
                                    "bad value for 'to', expected IP addresses with an optional port, or '*', got '"
                                            + host.text() + "'"));
        }
    }

    private void source(OptionReader option) {
        if (source.isPresent()) {
            option.fail("'source' given twice, expected once per 'transfer'");
        } else if (option.hasArgs(1)) {
            source = option.ip(0);
        }
    }
}
