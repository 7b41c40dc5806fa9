package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.server.query.ConnectionEnd;
import org.cairndns.server.query.ConnectionMetrics;
import org.junit.jupiter.api.Test;

class ConnectionTableTest {
    private static final InetAddress GREEDY = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress MODEST = InetAddress.ofLiteral("10.0.0.2");

    private final Counts counts = new Counts();
    private final ConnectionTable table = new ConnectionTable(new Room(), new ConnectionRoom(1_000));

    @Test
    void newcomer_whereAnotherClientHasAll_takesTheOneIdleLongest() {
        List<EmbeddedChannel> greedy = open(GREEDY, 4);
        List<EmbeddedChannel> others = open(InetAddress.ofLiteral("10.0.0.3"), 2);
        greedy.get(0).advanceTimeBy(1, TimeUnit.MILLISECONDS);
        greedy.get(2).advanceTimeBy(5, TimeUnit.MILLISECONDS);

        assertThat(open(MODEST, 1).getFirst().isOpen()).isTrue();

        assertThat(greedy).filteredOn(connection -> !connection.isOpen()).containsExactly(greedy.get(2));
        assertThat(others).allMatch(Channel::isOpen);
        assertThat(counts.ended).containsExactly(ConnectionEnd.EVICTED);
        assertThat(table.size()).isEqualTo(6);
    }

    @Test
    void client_withAllItMayHave_givesUpWhatItDoesNotUse() {
        List<EmbeddedChannel> all = open(GREEDY, 4);
        assertThat(open(GREEDY, 1).getFirst().isOpen())
                .as("all were used just now")
                .isFalse();
        all.get(1).advanceTimeBy(2, TimeUnit.SECONDS);

        assertThat(open(GREEDY, 1).getFirst().isOpen()).isTrue();

        assertThat(all.get(1).isOpen()).isFalse();
        assertThat(counts.ended).containsExactly(ConnectionEnd.REFUSED, ConnectionEnd.EVICTED);
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void newcomer_whereAllHaveOneAndTheFirstIsBusy_takesOneThatIsIdle() {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            all.addAll(open(InetAddress.ofLiteral("10.0.1." + i), 1));
        }
        assertThat(open(MODEST, 1).getFirst().isOpen())
                .as("all were used just now")
                .isFalse();
        all.get(3).advanceTimeBy(2, TimeUnit.SECONDS);
        all.get(4).advanceTimeBy(3, TimeUnit.SECONDS);

        assertThat(open(MODEST, 1).getFirst().isOpen()).isTrue();

        assertThat(all).filteredOn(connection -> !connection.isOpen()).containsExactly(all.get(4));
        assertThat(table.size()).isEqualTo(6);
    }

    @Test
    void connectionsThatEnd_makeRoom() {
        List<EmbeddedChannel> all = open(GREEDY, 4);
        all.forEach(EmbeddedChannel::close);

        assertThat(table.size()).isZero();
        assertThat(counts.open).isZero();
        assertThat(open(GREEDY, 4)).allMatch(Channel::isOpen);
        assertThat(open(MODEST, 2)).allMatch(Channel::isOpen);
        assertThat(counts.ended).isEmpty();
    }

    @Test
    void descriptors_thatAreNeeded_areThoseOfTheLargestClient() {
        List<EmbeddedChannel> greedy = open(GREEDY, 4);
        EmbeddedChannel modest = open(MODEST, 1).getFirst();

        table.endSome(3);

        assertThat(greedy).filteredOn(Channel::isOpen).hasSize(1);
        assertThat(modest.isOpen()).isTrue();
        table.endSome(9);
        assertThat(table.size()).isZero();
    }

    @Test
    void newcomer_whereTheHeapOfAllAddressesIsTaken_takesFromTheAddressThatHasMost() {
        ConnectionRoom room = new ConnectionRoom(800);
        ConnectionTable full = new ConnectionTable(new Room(), room);
        ConnectionTable other = new ConnectionTable(new Room(), room);
        List<EmbeddedChannel> many = open(full, GREEDY, 4);
        many.addAll(open(full, InetAddress.ofLiteral("10.0.0.3"), 2));
        open(other, MODEST, 2);

        assertThat(open(other, MODEST, 1).getFirst().isOpen()).isTrue();

        assertThat(full.size()).isEqualTo(5);
        assertThat(other.size()).isEqualTo(3);
        assertThat(many.subList(0, 4)).filteredOn(Channel::isOpen).hasSize(3);
        assertThat(open(full, MODEST, 1).getFirst().isOpen()).isTrue();
        assertThat(full.size()).as("one of its own in its place").isEqualTo(5);
        assertThat(room.has(1)).isFalse();
    }

    @Test
    void room_ofAllConnections_isThereAgainWhenTheyEnd() {
        ConnectionRoom room = new ConnectionRoom(300);
        ConnectionTable mine = new ConnectionTable(new Room(), room);
        List<EmbeddedChannel> all = open(mine, GREEDY, 3);
        assertThat(room.take(1)).isFalse();
        all.forEach(EmbeddedChannel::close);

        assertThat(room.largest()).isEmpty();
        assertThat(room.take(300)).isTrue();
        assertThat(open(mine, GREEDY, 1).getFirst().isOpen())
                .as("streams have it all")
                .isTrue();
    }

    private List<EmbeddedChannel> open(InetAddress client, int count) {
        return open(table, client, count);
    }

    private static List<EmbeddedChannel> open(ConnectionTable table, InetAddress client, int count) {
        List<EmbeddedChannel> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EmbeddedChannel connection = new EmbeddedChannel();
            connection.freezeTime();
            ConnectionUse.of(connection).note(connection.eventLoop().ticker().nanoTime());
            opened.add(connection);
            if (!table.admit(connection, client)) {
                connection.close();
            }
        }
        return opened;
    }

    /** Six connections, four of one client. */
    private final class Room implements ConnectionSetup {
        @Override
        public int maxConnections() {
            return 6;
        }

        @Override
        public int maxConnectionsOfClient() {
            return 4;
        }

        @Override
        public int octetsEach() {
            return 100;
        }

        @Override
        public String server() {
            return "dns://:53";
        }

        @Override
        public ConnectionMetrics metrics() {
            return counts;
        }

        @Override
        public void begin(Channel connection) {}

        @Override
        public void apply(ListenerSettings settings) {}
    }

    private static final class Counts implements ConnectionMetrics {
        private final List<ConnectionEnd> ended = new ArrayList<>();
        private int open;

        @Override
        public void opened(String server) {
            open++;
        }

        @Override
        public void closed(String server) {
            open--;
        }

        @Override
        public void ended(String server, ConnectionEnd reason) {
            ended.add(reason);
        }
    }
}
