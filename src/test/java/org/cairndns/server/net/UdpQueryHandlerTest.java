package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class UdpQueryHandlerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 53);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final Reply ANSWER = new Reply.Answered(Response.bare(Rcode.NOERROR));

    @Test
    void responses_thatTheSocketDoesNotTake_areDroppedAboveTheWaterMark() {
        EmbeddedChannel channel = new EmbeddedChannel(new UdpQueryHandler(Runners.of(query -> ANSWER), info()));
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1000));
        // Not flushed before the batch is read, as if the socket took nothing.
        for (int i = 0; i < 1000; i++) {
            channel.pipeline().fireChannelRead(packet(i));
        }
        assertThat(channel.isWritable()).isFalse();
        channel.flushOutbound();
        int sent = releaseAll(channel);
        assertThat(sent).isBetween(2, 60);

        channel.writeInbound(packet(1));
        assertThat(releaseAll(channel)).isEqualTo(1);
        channel.finishAndReleaseAll();
    }

    @Test
    void reply_fromAnotherThread_isSent() throws Exception {
        Reply.Pending pending = new Reply.Pending();
        EmbeddedChannel channel = new EmbeddedChannel(new UdpQueryHandler(Runners.of(query -> pending), info()));
        channel.writeInbound(packet(7));

        Thread other = Thread.ofPlatform().start(() -> pending.complete(ANSWER));
        other.join();
        channel.runPendingTasks();

        DatagramPacket response = channel.readOutbound();
        assertThat(response.recipient()).isEqualTo(CLIENT);
        assertThat(response.content().getUnsignedShort(0)).isEqualTo(7);
        response.release();
        channel.finishAndReleaseAll();
    }

    private static int releaseAll(EmbeddedChannel channel) {
        List<DatagramPacket> sent = new ArrayList<>();
        for (DatagramPacket packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            sent.add(packet);
        }
        sent.forEach(DatagramPacket::release);
        return sent.size();
    }

    private static ListenerInfo info() {
        return new ListenerInfo(Transport.UDP, "dns://:53", SERVER);
    }

    private static DatagramPacket packet(int id) {
        ByteBuf query = Unpooled.buffer()
                .writeShort(id)
                .writeShort(0x0100)
                .writeShort(1)
                .writeZero(6)
                .writeBytes(new byte[] {1, 'a', 0, 0, 1, 0, 1});
        return new DatagramPacket(query, SERVER, CLIENT);
    }
}
