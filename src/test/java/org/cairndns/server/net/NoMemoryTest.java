package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of all transports when there is no memory for buffers: no client waits for what cannot come, no buffer is lost. */
@ExtendWith(LeakWatch.class)
class NoMemoryTest {
    private static final TcpLimits LIMITS = TcpLimits.of(Transport.TCP, StreamTimeouts.NONE, Runners.MEMORY);
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 53);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final Reply ANSWER = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private final List<Reply.Pending> waiting = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    private Reply later() {
        waiting.add(new Reply.Pending());
        return waiting.getLast();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connection_withAQuery_isClosed(boolean late) {
        EmbeddedChannel connection = channel(tcp(late));
        ByteBuf frame = frame(1);

        connection.writeInbound(frame);
        complete(connection);

        assertThat(connection.isOpen()).isFalse();
        assertThat(frame.refCnt()).isZero();
        connection.finishAndReleaseAll();
    }

    @Test
    void connection_whoseQueryComesInParts_isClosedAndItsPartsReleased() {
        EmbeddedChannel connection = channel(tcp(false));
        ByteBuf first = Unpooled.wrappedBuffer(new byte[] {0});
        ByteBuf second = Unpooled.wrappedBuffer(new byte[] {23});

        connection.writeInbound(first);
        connection.writeInbound(second);

        assertThat(connection.isOpen()).isFalse();
        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
        connection.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connection_whoseMemoryComesBack_closesBehindALateQueryOnly(boolean late) {
        EmbeddedChannel connection = channel(tcp(late));
        connection.config().setAllocator(io.netty.buffer.UnpooledByteBufAllocator.DEFAULT);

        connection.writeInbound(frame(1));
        complete(connection);

        assertThat(connection.isOpen()).isTrue();
        ByteBuf sent = connection.readOutbound();
        assertThat(sent.getUnsignedShort(2)).isEqualTo(1);
        sent.release();
        connection.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void datagram_isDroppedAndReleased_andTheSocketGoesOn(boolean late) {
        EmbeddedChannel socket = channel(new UdpQueryHandler(
                Runners.of(query -> late ? later() : ANSWER), new ListenerInfo(Transport.UDP, "dns://:53", SERVER)));
        ByteBuf lost = query(1);

        socket.writeInbound(new DatagramPacket(lost, SERVER, CLIENT));
        complete(socket);
        assertThat(lost.refCnt()).isZero();
        assertThat(socket.isOpen()).isTrue();
        assertThat(socket.outboundMessages()).isEmpty();

        socket.config().setAllocator(io.netty.buffer.UnpooledByteBufAllocator.DEFAULT);
        socket.writeInbound(new DatagramPacket(query(2), SERVER, CLIENT));
        complete(socket);
        DatagramPacket response = socket.readOutbound();
        assertThat(response.content().getUnsignedShort(0)).isEqualTo(2);
        response.release();
        socket.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void request_endsItsConnection_whichIsNotAtWorkAnyLonger(boolean late) {
        HttpActivity activity = new HttpActivity(
                LIMITS, new ConnectionRoom(1), new HeldOctets(1 << 20), reason -> ended.add(reason.toString()));
        DohService service = new DohService(
                Runners.of(query -> late ? later() : ANSWER),
                new ListenerInfo(Transport.HTTPS, "https://:443", SERVER),
                CLIENT,
                Clock.systemUTC());
        EmbeddedChannel connection = channel(activity, new DohHandler(service, activity));
        FullHttpRequest request = get();

        connection.writeInbound(request);
        complete(connection);

        assertThat(connection.isOpen()).isFalse();
        assertThat(activity.isAtWork()).isFalse();
        assertThat(request.refCnt()).isZero();
        connection.finishAndReleaseAll();
    }

    private ChannelHandler tcp(boolean late) {
        return new TcpQueryHandler(
                Runners.of(query -> late ? later() : ANSWER),
                new ListenerInfo(Transport.TCP, "dns://:53", SERVER),
                CLIENT,
                LIMITS,
                new StreamOctets(new HeldOctets(1 << 20), () -> {}, () -> {}));
    }

    private static EmbeddedChannel channel(ChannelHandler... handlers) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(new FullAllocator());
        channel.pipeline().addLast(handlers);
        channel.freezeTime();
        channel.pipeline().fireChannelActive();
        return channel;
    }

    /** Completes the queries that wait, and has the loop's turn end. */
    private void complete(EmbeddedChannel channel) {
        waiting.forEach(pending -> pending.complete(ANSWER));
        waiting.clear();
        channel.runPendingTasks();
    }

    private static FullHttpRequest get() {
        byte[] octets = new byte[query(0).readableBytes()];
        query(0).readBytes(octets);
        String encoded = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/dns-query?dns=" + encoded);
    }

    private static ByteBuf frame(int id) {
        ByteBuf query = query(id);
        return Unpooled.buffer().writeShort(query.readableBytes()).writeBytes(query);
    }

    private static ByteBuf query(int id) {
        return Unpooled.buffer()
                .writeShort(id)
                .writeShort(0x0100)
                .writeShort(1)
                .writeZero(6)
                .writeBytes(new byte[] {1, 'a', 0, 0, 1, 0, 1});
    }
}
