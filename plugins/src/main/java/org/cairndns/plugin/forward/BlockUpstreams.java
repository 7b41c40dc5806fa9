package org.cairndns.plugin.forward;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import org.cairndns.plugin.spi.Upstreams;
import org.cairndns.wire.DomainName;

/** The upstreams of all directives of a server block together; any thread. */
record BlockUpstreams(List<Forwarder> directives) implements Upstreams {
    BlockUpstreams {
        directives = List.copyOf(directives);
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return directives.stream()
                .flatMap(directive -> directive.addresses().stream())
                .distinct()
                .toList();
    }

    @Override
    public DomainName zoneOf(InetSocketAddress address) {
        return directives.stream()
                .filter(directive -> directive.addresses().contains(address))
                .map(directive -> directive.config().from())
                .max(Comparator.comparingInt(DomainName::labelCount))
                .orElse(DomainName.ROOT);
    }

    @Override
    public void holdOut(InetSocketAddress address, String reason) {
        directives.forEach(directive -> directive.holdOut(address, reason));
    }

    @Override
    public void takeBack(InetSocketAddress address) {
        directives.forEach(directive -> directive.takeBack(address));
    }
}
