package org.cairndns.server;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.ZoneKey;
import org.cairndns.plugin.spi.BlockSettings;
import org.cairndns.plugin.spi.ServerTls;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.server.net.ListenerSettings;

/**
 * What server blocks say about the addresses they share, in the order of the Corefile: of several time-outs the last
 * holds, of several numbers of sockets the first; certificates must agree.
 */
final class AddressSettings {
    private final Map<ListenAddress, ListenerSettings> byAddress = new LinkedHashMap<>();
    private final Map<ListenAddress, ZoneKey> firstKeys = new LinkedHashMap<>();

    /** Takes in what a block says about an address that one of its keys stands for. */
    void add(ListenAddress address, ZoneKey key, BlockSettings block, Problems problems) {
        firstKeys.putIfAbsent(address, key);
        ListenerSettings before = byAddress.getOrDefault(address, ListenerSettings.DEFAULT);
        Optional<ServerTls> tls = before.tls().or(block::tls);
        if (tls.isPresent()
                && block.tls().isPresent()
                && !tls.get().isSameAs(block.tls().get())) {
            problems.add(
                    key.position(),
                    "server '" + key + "' has another certificate than the block before on " + address.label()
                            + "; expected the same 'tls' line in both, or a 'bind' or a port of its own");
        }
        StreamTimeouts timeouts = block.timeouts().over(before.timeouts());
        OptionalInt sockets = before.sockets().isPresent() ? before.sockets() : block.sockets();
        Optional<ShedCounts> shed = before.shed().or(block::shed);
        byAddress.put(address, new ListenerSettings(tls, timeouts, sockets, shed, Set.of()));
    }

    /** Reports addresses that lack what their scheme needs; to be called once all blocks are taken in. */
    void check(Problems problems) {
        firstKeys.forEach((address, key) -> {
            if (address.scheme() == Scheme.TLS && settings(address).tls().isEmpty()) {
                problems.add(
                        key.position(),
                        "server '" + key + "' has no certificate, expected 'tls CERT KEY' in its block;"
                                + " for plain DNS write dns:// instead of tls://");
            }
        });
    }

    /** What holds for an address. */
    ListenerSettings settings(ListenAddress address) {
        Set<InetAddress> others = byAddress.keySet().stream()
                .filter(other -> other.port() == address.port() && !other.isEverywhere())
                .map(other -> other.address().orElseThrow())
                .collect(Collectors.toSet());
        ListenerSettings own = byAddress.getOrDefault(address, ListenerSettings.DEFAULT);
        return address.isEverywhere() ? own.withElsewhere(others) : own;
    }
}
