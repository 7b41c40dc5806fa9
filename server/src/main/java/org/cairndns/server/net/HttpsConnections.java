package org.cairndns.server.net;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.ServerTls;
import org.cairndns.server.query.ConnectionMetrics;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Transport;

/** Connections that carry DNS in HTTP requests (RFC 8484), with TLS or, behind a proxy that ends it, without. */
final class HttpsConnections implements ConnectionSetup {
    private record State(TcpLimits limits, Optional<ServerTls> identity) {}

    private final String server;
    private final QueryRunner runner;
    private final TlsHandlers tls;
    private final EventLoops loops;
    private final Clock clock = Clock.systemUTC();
    private volatile State state;

    /**
     * @param server name of the server in metrics
     */
    HttpsConnections(String server, QueryRunner runner, EventLoops loops, ListenerSettings settings) {
        this.server = server;
        this.runner = runner;
        this.tls = new TlsHandlers(
                List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1), loops.handshakes());
        this.loops = loops;
        this.state = stateOf(settings);
    }

    private State stateOf(ListenerSettings settings) {
        return new State(TcpLimits.of(Transport.HTTPS, settings.timeouts(), loops.memory()), settings.tls());
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
        return TcpLimits.octetsEach(Transport.HTTPS);
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
        HttpActivity activity = new HttpActivity(
                now.limits(), loops.room(), loops.held(), reason -> metrics().ended(server, reason));
        InetSocketAddress client = (InetSocketAddress) connection.remoteAddress();
        ListenerInfo listener =
                new ListenerInfo(Transport.HTTPS, server, (InetSocketAddress) connection.localAddress());
        DohService service = new DohService(runner, listener, client, clock);
        now.identity()
                .ifPresent(identity -> connection
                        .pipeline()
                        .addLast(tls.handler(connection, identity, now.limits().readMillis())));
        connection.pipeline().addLast(activity);
        connection
                .pipeline()
                .addLast(
                        now.identity().isPresent()
                                ? new HttpsVersionChoice(service, activity)
                                : new HttpVersionChoice(service, activity));
    }
}
