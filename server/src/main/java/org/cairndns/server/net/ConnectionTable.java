package org.cairndns.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cairndns.server.query.ConnectionEnd;

/**
 * Open connections of one listening address by client, with room for a number of them.
 *
 * <p>Where there is no room, a client with the most connections gives up one that was used longest ago. So a client that
 * holds all it can get keeps nobody out. Thread-safe.
 */
final class ConnectionTable {
    /** Those of the largest clients that are compared, the oldest: to look at thousands would take long. */
    private static final int LOOKED_AT = 32;

    /** A connection that was used a moment ago is worth more than a new one of the same client. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConnectionSetup setup;
    private final ConnectionRoom room;
    private final Map<InetAddress, Client> clients = new HashMap<>();

    /** Clients with one connection, those with two and so on, up to the most that one has. */
    private final List<Set<Client>> bySize = new ArrayList<>();

    private int size;

    private static final class Client {
        private final InetAddress address;
        private final Set<Channel> connections = new LinkedHashSet<>();

        private Client(InetAddress address) {
            this.address = address;
        }
    }

    private record Held(Client client, Channel connection) {}

    /** @param room heap for these and for those of other addresses */
    ConnectionTable(ConnectionSetup setup, ConnectionRoom room) {
        this.setup = setup;
        this.room = room;
    }

    /** Octets of heap that one connection takes. */
    int octetsEach() {
        return setup.octetsEach();
    }

    /** Connections that are open. */
    synchronized int size() {
        return size;
    }

    /** Takes in a new connection until it is closed; false if there is no room for it. */
    boolean admit(Channel connection, InetAddress address) {
        Optional<Channel> given = Optional.empty();
        boolean isToGiveRoom = !isRoomMadeByOthers();
        synchronized (this) {
            Client client = clients.getOrDefault(address, new Client(address));
            if (isFull(client) || isToGiveRoom && size > 0) {
                given = giveUpFor(client);
                if (given.isEmpty()) {
                    setup.metrics().ended(setup.server(), ConnectionEnd.REFUSED);
                    return false;
                }
            }
            add(connection, address);
        }
        given.ifPresent(this::end);
        setup.metrics().opened(setup.server());
        connection.closeFuture().addListener(closed -> {
            remove(connection, address);
            setup.metrics().closed(setup.server());
        });
        return true;
    }

    /** True if there is heap for one more, or the address whose connections take more of it has given up one. */
    private boolean isRoomMadeByOthers() {
        if (room.has(octetsEach())) {
            return true;
        }
        ConnectionTable largest = room.largest().orElse(this);
        if (largest.equals(this)) {
            return false;
        }
        largest.endSome(1);
        return true;
    }

    private boolean isFull(Client client) {
        return size >= setup.maxConnections() || client.connections.size() >= setup.maxConnectionsOfClient();
    }

    /** Takes out one for one more of a client, its own if it has as many as anybody. */
    private Optional<Channel> giveUpFor(Client client) {
        if (client.connections.size() >= setup.maxConnectionsOfClient()) {
            return giveUp(Set.of(client), IDLE_NANOS);
        }
        boolean othersHaveMore = bySize.size() > client.connections.size() + 1;
        return giveUp(bySize.getLast(), othersHaveMore ? 0 : IDLE_NANOS);
    }

    /** Ends connections that were not used for long, so that there are descriptors again. */
    void endSome(int count) {
        for (int i = 0; i < count; i++) {
            Optional<Channel> given;
            synchronized (this) {
                given = size == 0 ? Optional.empty() : giveUp(bySize.getLast(), 0);
            }
            given.ifPresent(this::end);
        }
    }

    private void end(Channel connection) {
        setup.metrics().ended(setup.server(), ConnectionEnd.EVICTED);
        ChannelHandlerContext http2 = connection.pipeline().context(Http2ConnectionHandler.class);
        if (http2 == null) {
            connection.close();
        } else {
            // Not by way of its handler, which would wait seconds for the client to close.
            http2.close();
        }
    }

    /** Takes out the one that was used longest ago by one of these clients, if that is at least so long. */
    private Optional<Channel> giveUp(Set<Client> owners, long leastNanos) {
        Optional<Held> longest = owners.stream()
                .flatMap(client -> client.connections.stream().map(connection -> new Held(client, connection)))
                .limit(LOOKED_AT)
                .filter(held -> idleNanos(held.connection) >= leastNanos)
                .max(Comparator.comparingLong(held -> idleNanos(held.connection)));
        longest.ifPresent(held -> remove(held.connection, held.client.address));
        return longest.map(Held::connection);
    }

    private static long idleNanos(Channel connection) {
        return connection.eventLoop().ticker().nanoTime()
                - ConnectionUse.of(connection).lastNanos();
    }

    private void add(Channel connection, InetAddress address) {
        Client client = clients.computeIfAbsent(address, Client::new);
        leave(client);
        client.connections.add(connection);
        size++;
        room.joined(this);
        enter(client);
    }

    private synchronized void remove(Channel connection, InetAddress address) {
        Client client = clients.get(address);
        if (client == null || !client.connections.contains(connection)) {
            return;
        }
        leave(client);
        client.connections.remove(connection);
        size--;
        room.left(this, size == 0);
        enter(client);
        if (client.connections.isEmpty()) {
            clients.remove(address);
        }
    }

    /** Takes a client out of those that have as many connections. */
    private void leave(Client client) {
        int count = client.connections.size();
        if (count > 0) {
            bySize.get(count - 1).remove(client);
        }
    }

    /** Puts a client among those that have as many connections. */
    private void enter(Client client) {
        int count = client.connections.size();
        while (bySize.size() < count) {
            bySize.add(new LinkedHashSet<>());
        }
        if (count > 0) {
            bySize.get(count - 1).add(client);
        }
        while (!bySize.isEmpty() && bySize.getLast().isEmpty()) {
            bySize.removeLast();
        }
    }
}
