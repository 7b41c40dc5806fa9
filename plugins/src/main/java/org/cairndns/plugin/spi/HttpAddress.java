package org.cairndns.plugin.spi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;

/** The optional address argument of directives with an HTTP endpoint. */
public final class HttpAddress {
    private static final String LOCALHOST = "localhost";

    private HttpAddress() {}

    /**
     * The directive's first argument as a socket address, the standard one without it or after a problem. No host means
     * every local address. Host names other than {@code localhost} are refused: looking them up may need the DNS server
     * that is about to start.
     */
    public static InetSocketAddress read(OptionReader option, HostPort standard) {
        if (option.args().isEmpty()) {
            return socketAddress(standard).orElseThrow();
        }
        HostPort given = option.listenAddress(0, standard);
        Optional<InetSocketAddress> address = socketAddress(given);
        if (address.isEmpty()) {
            option.problems()
                    .add(
                            option.args().getFirst().position(),
                            "bad value for '" + option.name()
                                    + "', expected an IP address, 'localhost' or nothing in front of the port, got '"
                                    + given.host() + "'");
        }
        return address.or(() -> socketAddress(standard)).orElseThrow();
    }

    private static Optional<InetSocketAddress> socketAddress(HostPort hostPort) {
        if (hostPort.host().isEmpty()) {
            return Optional.of(new InetSocketAddress(hostPort.port()));
        }
        Optional<InetAddress> address = hostPort.host().equals(LOCALHOST)
                ? Optional.of(InetAddress.ofLiteral("127.0.0.1"))
                : hostPort.address();
        return address.map(ip -> new InetSocketAddress(ip, hostPort.port()));
    }
}
