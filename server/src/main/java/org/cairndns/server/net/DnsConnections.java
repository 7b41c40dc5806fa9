package org.cairndns.server.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import org.cairndns.plugin.spi.ServerTls;
import org.cairndns.server.query.ConnectionEnd;
import org.cairndns.server.query.ConnectionMetrics;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Transport;

/** Connections that carry DNS messages behind their lengths, over TCP (RFC 7766) or TLS (RFC 7858). */
final class DnsConnections implements ConnectionSetup {
    private record State(TcpLimits limits, ListenerSettings settings) {}

    private final Transport transport;
    private final String server;
    private final QueryRunner runner;
    private final TlsHandlers tls;
    private final EventLoops loops;
    private volatile State state;

    /**
     * @param transport {@link Transport#TCP} or {@link Transport#TLS}
     * @param server name of the server in metrics
     */
    DnsConnections(
            Transport transport, String server, QueryRunner runner, EventLoops loops, ListenerSettings settings) {
        this.transport = transport;
        this.server = server;
        this.runner = runner;
        // The name that IANA has for RFC 7858 in ALPN.
        this.tls = new TlsHandlers(List.of("dot"), loops.handshakes());
        this.loops = loops;
        this.state = stateOf(settings);
    }

    private State stateOf(ListenerSettings settings) {
        return new State(TcpLimits.of(transport, settings.timeouts(), loops.memory()), settings);
    }

    @Override
    public int maxConnections() {
        return state.limits().connections();
    }

    @Override
    public int maxConnectionsOfClient() {
        return state.limits().connectionsOfClient();
    }

    @Override
    public int octetsEach() {
        return TcpLimits.octetsEach(transport);
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public ConnectionMetrics metrics() {
        return runner.metrics().connections();
    }

    @Override
    public void apply(ListenerSettings settings) {
        state = stateOf(settings);
    }

    @Override
    public void begin(Channel connection) {
        State now = state;
        if (transport == Transport.TLS) {
            ServerTls identity = now.settings().tls().orElseThrow();
            connection
                    .pipeline()
                    .addLast(tls.handler(connection, identity, now.limits().readMillis()));
        }
        StreamOctets octets = new StreamOctets(
                loops.held(),
                () -> metrics().ended(server, ConnectionEnd.WRITE),
                loops.turnsOf(connection.eventLoop()));
        InetSocketAddress client = (InetSocketAddress) connection.remoteAddress();
        ListenerInfo listener = new ListenerInfo(transport, server, (InetSocketAddress) connection.localAddress());
        connection.pipeline().addLast(new TcpQueryHandler(runner, listener, client, now.limits(), octets));
    }
}
