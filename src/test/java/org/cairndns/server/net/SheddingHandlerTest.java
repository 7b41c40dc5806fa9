package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.ShedCounts;
import org.cairndns.testing.LeakWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A socket that takes no more for a while. */
@ExtendWith(LeakWatch.class)
class SheddingHandlerTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 5353);
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 53);

    private final Counts counts = new Counts();
    private final EmbeddedChannel socket = new EmbeddedChannel(new SheddingHandler(counts, "dns://:53"));

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    @Test
    void socket_thatKeepsUp_sendsInOrder() {
        send(1, 2, 3);

        assertThat(sent()).containsExactly(1, 2, 3);
        assertThat(asks()).isTrue();
        assertThat(counts).hasToString("queries 0, responses 0");
    }

    @Test
    void socket_thatTakesNoMore_sendsTheNewestFirstOnceItDoes() {
        writable(false);
        send(1, 2, 3);
        assertThat(sent()).isEmpty();

        writable(true);

        assertThat(sent()).containsExactly(3, 2, 1);
        send(4);
        assertThat(sent()).containsExactly(4);
        assertThat(counts).hasToString("queries 0, responses 0");
    }

    @Test
    void responses_overTheDepth_replaceTheOldest() {
        writable(false);
        for (int number = 1; number <= SheddingHandler.DEPTH + 3; number++) {
            send(number);
        }
        assertThat(counts).hasToString("queries 0, responses 3");

        writable(true);

        List<Integer> sent = sent();
        assertThat(sent).hasSize(SheddingHandler.DEPTH);
        assertThat(sent.getFirst()).isEqualTo(SheddingHandler.DEPTH + 3);
        assertThat(sent.getLast()).isEqualTo(4);
    }

    @Test
    void queries_whileTheStackIsFull_areDropped() {
        writable(false);
        for (int number = 1; number < SheddingHandler.DEPTH; number++) {
            send(number);
        }
        assertThat(asks()).as("room for one more").isTrue();
        send(0);

        assertThat(asks()).isFalse();
        assertThat(counts).hasToString("queries 1, responses 0");

        writable(true);
        assertThat(asks()).isTrue();
    }

    @Test
    void reload_withoutTheDirective_sendsWhatWaits() {
        writable(false);
        send(1, 2);
        socket.pipeline().removeFirst();
        assertThat(counts).as("a socket that is stuck").hasToString("queries 0, responses 2");

        assertThat(asks()).isTrue();
    }

    private void send(int... numbers) {
        for (int number : numbers) {
            socket.write(new DatagramPacket(Unpooled.buffer().writeInt(number), CLIENT));
        }
        socket.flushOutbound();
    }

    private boolean asks() {
        boolean passed =
                socket.writeInbound(new DatagramPacket(Unpooled.buffer().writeInt(0), SERVER, CLIENT));
        DatagramPacket query = socket.readInbound();
        if (query != null) {
            query.release();
        }
        return passed;
    }

    private List<Integer> sent() {
        List<Integer> numbers = new ArrayList<>();
        for (DatagramPacket packet = socket.readOutbound(); packet != null; packet = socket.readOutbound()) {
            ByteBuf content = packet.content();
            numbers.add(content.readInt());
            packet.release();
        }
        return numbers;
    }

    private void writable(boolean writable) {
        socket.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        socket.runPendingTasks();
    }

    private static final class Counts implements ShedCounts {
        private int queries;
        private int responses;

        @Override
        public void query(String server) {
            assertThat(server).isEqualTo("dns://:53");
            queries++;
        }

        @Override
        public void response(String server) {
            assertThat(server).isEqualTo("dns://:53");
            responses++;
        }

        @Override
        public String toString() {
            return "queries " + queries + ", responses " + responses;
        }
    }
}
