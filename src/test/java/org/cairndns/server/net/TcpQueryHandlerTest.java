package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.plugin.spi.StreamTimeouts;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One TCP connection with its time in the hands of the test. */
@ExtendWith(LeakWatch.class)
class TcpQueryHandlerTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo LISTENER = new ListenerInfo(Transport.TCP, "dns://:53", CLIENT);
    private static final TcpLimits LIMITS = TcpLimits.of(Transport.TCP, StreamTimeouts.NONE, Runners.MEMORY);
    private static final HeldOctets HELD = new HeldOctets(1 << 20);
    private static final Reply ANSWER = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private final List<Reply.Pending> waiting = new ArrayList<>();
    private final EmbeddedChannel later = connection(query -> {
        waiting.add(new Reply.Pending());
        return waiting.getLast();
    });
    private final EmbeddedChannel atOnce = connection(query -> ANSWER);

    @AfterEach
    void close() {
        later.finishAndReleaseAll();
        atOnce.finishAndReleaseAll();
    }

    @Test
    void queries_answeredInOtherOrder_areSentAsTheyAreReady() {
        later.writeInbound(frames(1, 2, 3));

        complete(2);
        assertThat(ids(later)).containsExactly(3);
        complete(0);
        complete(1);
        assertThat(ids(later)).containsExactly(1, 2);
        assertThat(later.isOpen()).isTrue();
    }

    @Test
    void queries_ofOneRead_areAnsweredInOneWrite() {
        atOnce.writeInbound(frames(1, 2, 3));

        ByteBuf sent = atOnce.readOutbound();
        assertThat(sent.readableBytes()).isEqualTo(3 * (2 + query(1).readableBytes()));
        sent.release();
        assertThat(atOnce.outboundMessages()).isEmpty();
    }

    @Test
    void queries_answeredLateInOneTurn_areSentInOneWrite() {
        later.writeInbound(frames(1, 2, 3));

        waiting.get(2).complete(ANSWER);
        waiting.get(0).complete(ANSWER);
        assertThat(later.outboundMessages()).isEmpty();
        later.runPendingTasks();

        ByteBuf sent = later.readOutbound();
        assertThat(sent.readableBytes()).isEqualTo(2 * (2 + query(1).readableBytes()));
        sent.release();
    }

    @Test
    void answers_ofManyQueries_areWrittenBeforeTheyTakeMuchRoom() {
        atOnce.writeInbound(range(4000));

        int most = 0;
        int octets = 0;
        for (ByteBuf sent = atOnce.readOutbound(); sent != null; sent = atOnce.readOutbound()) {
            most = Math.max(most, sent.readableBytes());
            octets += sent.readableBytes();
            sent.release();
        }
        assertThat(octets).isEqualTo(4000 * (2 + query(1).readableBytes()));
        assertThat(most).isLessThan(20_000);
    }

    @Test
    void queries_overTheNumberUnderWay_waitUntilOthersAreAnswered() {
        int count = 4000;
        later.writeInbound(range(count));

        assertThat(waiting).hasSize(1024);
        assertThat(later.config().isAutoRead()).isFalse();
        for (int i = 0; i < count; i++) {
            complete(i);
        }
        assertThat(ids(later)).hasSize(count).doesNotHaveDuplicates();
        assertThat(later.config().isAutoRead()).isTrue();
    }

    @Test
    void input_endedByClient_closesBehindTheLastAnswer() {
        later.writeInbound(frames(1, 2));
        later.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        assertThat(later.isOpen()).isTrue();
        assertThat(later.config().isAutoRead()).isFalse();
        complete(1);
        assertThat(later.isOpen()).isTrue();
        complete(0);
        assertThat(ids(later)).containsExactly(2, 1);
        assertThat(later.isOpen()).isFalse();
    }

    @Test
    void input_endedWhileQueriesWait_answersThoseToo() {
        later.writeInbound(range(300));
        later.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

        for (int i = 0; i < 300; i++) {
            complete(i);
        }
        assertThat(ids(later)).hasSize(300);
        assertThat(later.isOpen()).isFalse();
    }

    @Test
    void frame_withoutAQuery_endsTheStreamBehindWhatWasAskedBefore() {
        later.writeInbound(Unpooled.wrappedBuffer(frames(1), Unpooled.copyShort(0), frames(2)));

        assertThat(waiting).hasSize(1);
        assertThat(later.isOpen()).isTrue();
        complete(0);
        assertThat(ids(later)).containsExactly(1);
        assertThat(later.isOpen()).isFalse();
    }

    @Test
    void frame_longerThanAnyQuery_endsTheStreamAtItsLength() {
        atOnce.writeInbound(Unpooled.wrappedBuffer(frames(1), Unpooled.copyShort(4097)));

        assertThat(ids(atOnce)).containsExactly(1);
        assertThat(atOnce.isOpen()).isFalse();
    }

    @Test
    void frame_asLongAsAllowed_isAnswered() {
        ByteBuf frame =
                Unpooled.buffer().writeShort(4096).writeBytes(query(7)).writeZero(4096 - query(7).readableBytes());

        atOnce.writeInbound(frame);

        assertThat(ids(atOnce)).containsExactly(7);
    }

    @Test
    void connection_withoutQueries_isClosedAfterThreeSeconds() {
        assertOpenFor(atOnce, 3_000);
    }

    /** Octet by octet is no way to keep a connection: a query has three seconds from its first octet on. */
    @Test
    void query_octetByOctetAfterOthers_endsTheConnection() {
        EmbeddedChannel connection = connection(query -> ANSWER);
        connection.writeInbound(frames(1));
        assertThat(ids(connection)).containsExactly(1);
        ByteBuf next = frames(2);
        int seconds = 0;
        while (connection.isOpen() && seconds < 10) {
            connection.writeInbound(next.readRetainedSlice(1));
            connection.advanceTimeBy(1, TimeUnit.SECONDS);
            connection.runScheduledPendingTasks();
            seconds++;
        }
        assertThat(seconds).isBetween(3, 6);
        next.release();
        connection.finishAndReleaseAll();
    }

    @Test
    void connection_withoutMoreQueries_isClosedAfterTenSeconds() {
        atOnce.writeInbound(frames(1));
        assertOpenFor(atOnce, 10_000);
        assertThat(ids(atOnce)).containsExactly(1);
    }

    @Test
    void timeouts_ofTheCorefile_holdInsteadOfTheUsual() {
        TcpLimits limits = new TcpLimits(10, 20_000, 40_000, 60_000, StreamTimeouts.UNLIMITED);
        assertOpenFor(connection(query -> ANSWER, limits), 20_000);

        EmbeddedChannel asking = connection(query -> ANSWER, limits);
        asking.writeInbound(frames(1));
        assertOpenFor(asking, 60_000);
        asking.finishAndReleaseAll();
    }

    @Test
    void client_thatTakesNoResponses_isClosedAfterTheTimeForWriting() {
        TcpLimits limits = new TcpLimits(10, 3_000, 5_000, 3_600_000, StreamTimeouts.UNLIMITED);
        EmbeddedChannel stuck = connection(query -> ANSWER, limits);
        stuck.writeInbound(frames(1));
        stuck.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        stuck.runPendingTasks();

        assertOpenFor(stuck, 5_000);
        stuck.finishAndReleaseAll();
    }

    @Test
    void connection_withAllTheQueriesItMayHave_isClosedBehindTheLastAnswer() {
        EmbeddedChannel few = connection(query -> ANSWER, new TcpLimits(10, 3_000, 5_000, 10_000, 2));

        few.writeInbound(frames(1));
        assertThat(few.isOpen()).isTrue();
        few.writeInbound(frames(2, 3));

        assertThat(ids(few)).containsExactly(1, 2);
        assertThat(few.isOpen()).isFalse();
    }

    private static void assertOpenFor(EmbeddedChannel connection, long millis) {
        // In steps, so that every look at the time has its turn.
        for (long passed = 0; passed < millis; passed += 500) {
            assertThat(connection.isOpen()).as("after %d ms", passed).isTrue();
            connection.advanceTimeBy(passed == 0 ? 499 : 500, TimeUnit.MILLISECONDS);
            connection.runScheduledPendingTasks();
        }
        assertThat(connection.isOpen()).as("after %d ms", millis - 1).isTrue();
        connection.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();
        assertThat(connection.isOpen()).as("after %d ms", millis).isFalse();
    }

    @Test
    void connection_withAQueryNowAndThen_staysOpen() {
        for (int i = 0; i < 5; i++) {
            atOnce.writeInbound(frames(i));
            atOnce.advanceTimeBy(9, TimeUnit.SECONDS);
            atOnce.runScheduledPendingTasks();
            assertThat(atOnce.isOpen()).isTrue();
        }
        assertThat(ids(atOnce)).hasSize(5);
    }

    @Test
    void sender_ofAnOctetNowAndThen_isClosedLikeAnIdleOne() {
        ByteBuf frame = frames(1);
        int sent = 0;
        while (atOnce.isOpen() && sent < 20) {
            atOnce.writeInbound(frame.readRetainedSlice(1));
            sent++;
            atOnce.advanceTimeBy(1, TimeUnit.SECONDS);
            atOnce.runScheduledPendingTasks();
        }
        frame.release();

        assertThat(sent).isEqualTo(3);
        assertThat(atOnce.isOpen()).isFalse();
    }

    @Test
    void connection_withAQueryUnderWay_isNotIdle() {
        later.writeInbound(frames(1));
        later.advanceTimeBy(60, TimeUnit.SECONDS);
        later.runScheduledPendingTasks();

        assertThat(later.isOpen()).isTrue();
        complete(0);
        assertThat(ids(later)).containsExactly(1);
    }

    @Test
    void answer_toAConnectionThatIsGone_isDropped() {
        later.writeInbound(frames(1, 2));
        later.close();

        waiting.forEach(pending -> pending.complete(ANSWER));

        assertThat(ids(later)).isEmpty();
    }

    @Test
    void drain_withQueriesUnderWay_answersThemAndClosesOnceQuiet() {
        later.writeInbound(frames(1));
        later.pipeline().fireUserEventTriggered(TcpListener.Drain.INSTANCE);
        later.writeInbound(frames(2));

        assertThat(waiting).as("sent before the client can know").hasSize(2);
        complete(0);
        complete(1);
        assertThat(ids(later)).containsExactly(1, 2);
        assertThat(later.isOpen()).as("right behind an answer").isTrue();
        pass(later, 100);
        assertThat(later.isOpen()).isFalse();
    }

    @Test
    void drain_ofAClientThatAsksOnAndOn_closesBehindTheAnswersOfABoundedTime() {
        atOnce.writeInbound(frames(1));
        atOnce.pipeline().fireUserEventTriggered(TcpListener.Drain.INSTANCE);
        int answered = 0;
        while (atOnce.isOpen() && answered < 1_000) {
            atOnce.writeInbound(frames(7));
            pass(atOnce, 10);
            answered++;
        }

        assertThat(answered).isBetween(100, 250);
    }

    private static void pass(EmbeddedChannel connection, long millis) {
        for (long passed = 0; passed < millis; passed += 10) {
            connection.advanceTimeBy(10, TimeUnit.MILLISECONDS);
            connection.runScheduledPendingTasks();
        }
    }

    @Test
    void stream_cutAnywhere_givesTheSameAnswers() {
        for (int cut = 1; cut < frames(1, 2, 3).readableBytes(); cut++) {
            ByteBuf all = frames(1, 2, 3);
            EmbeddedChannel connection = connection(query -> ANSWER);
            connection.writeInbound(all.readRetainedSlice(cut));
            connection.writeInbound(all);
            assertThat(ids(connection)).as("cut at %d", cut).containsExactly(1, 2, 3);
            connection.finishAndReleaseAll();
        }
    }

    @Test
    void messages_areMadeOneByOneAndEndTheStream() {
        CountedStream stream = new CountedStream(3);
        EmbeddedChannel connection = connection(query -> new Reply.Messages(query.qname(), stream));

        connection.writeInbound(frames(7));
        assertThat(ids(connection)).containsExactly(7, 7, 7);
        assertThat(stream.closed).isEqualTo(1);
        assertThat(connection.isOpen()).isTrue();
        connection.finishAndReleaseAll();
    }

    @Test
    void messages_ofALaterStream_waitForTheEarlierOneWhileQueriesDoNot() {
        CountedStream stream = new CountedStream(2);
        EmbeddedChannel connection =
                connection(query -> query.id() == 3 ? ANSWER : new Reply.Messages(query.qname(), stream));

        connection.writeInbound(frames(1, 2, 3));

        assertThat(ids(connection)).containsExactly(3, 1, 1);
        connection.finishAndReleaseAll();
    }

    @Test
    void messages_clientThatTakesNone_costsOneAndIsClosedWhenIdle() {
        CountedStream stream = new CountedStream(100);
        EmbeddedChannel connection = new EmbeddedChannel();
        HeldWrites held = new HeldWrites();
        connection.pipeline().addLast(held);
        connection
                .pipeline()
                .addLast(new TcpQueryHandler(
                        Runners.of(query -> new Reply.Messages(query.qname(), stream)),
                        LISTENER,
                        CLIENT,
                        LIMITS,
                        octets()));
        connection.freezeTime();
        connection.pipeline().fireChannelActive();

        connection.writeInbound(frames(1));
        assertThat(stream.made).isEqualTo(1);
        held.take();
        connection.runPendingTasks();
        assertThat(stream.made).isEqualTo(2);

        connection.advanceTimeBy(10, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        assertThat(connection.isOpen()).isFalse();
        assertThat(stream.closed).isEqualTo(1);
        held.take();
        connection.finishAndReleaseAll();
    }

    @Test
    void messages_thatCannotBeMade_endTheConnection() {
        CountedStream stream = new CountedStream(-1);
        EmbeddedChannel connection = connection(query -> new Reply.Messages(query.qname(), stream));

        connection.writeInbound(frames(1));

        assertThat(connection.isOpen()).isFalse();
        assertThat(stream.closed).isEqualTo(1);
        connection.finishAndReleaseAll();
    }

    @Test
    void messages_forAnotherName_areRefused() {
        CountedStream stream = new CountedStream(3);
        EmbeddedChannel connection = connection(query -> new Reply.Messages(DomainName.of("b."), stream));

        connection.writeInbound(frames(1));

        ByteBuf frame = connection.readOutbound();
        assertThat(frame.getUnsignedByte(5) & 0xf).isEqualTo(Rcode.REFUSED);
        frame.release();
        assertThat(stream.closed).isEqualTo(1);
        connection.finishAndReleaseAll();
    }

    /** Messages without records, counted. */
    private static final class CountedStream implements ResponseStream {
        private final int messages;
        private int made;
        private int closed;

        private CountedStream(int messages) {
            this.messages = messages;
        }

        @Override
        public Optional<Response> next() {
            if (messages < 0) {
                throw new IllegalStateException("no messages today");
            }
            return made++ < messages ? Optional.of(Response.bare(Rcode.NOERROR)) : Optional.empty();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** A socket that takes what is written when the test says so. */
    private static final class HeldWrites extends ChannelOutboundHandlerAdapter {
        private final List<ChannelPromise> promises = new ArrayList<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ReferenceCountUtil.release(message);
            promises.add(promise);
        }

        private void take() {
            promises.forEach(ChannelPromise::trySuccess);
            promises.clear();
        }
    }

    private static EmbeddedChannel connection(Handler handler) {
        return connection(handler, LIMITS);
    }

    private static StreamOctets octets() {
        return new StreamOctets(HELD, () -> {}, () -> {});
    }

    private static EmbeddedChannel connection(Handler handler, TcpLimits limits) {
        EmbeddedChannel channel =
                new EmbeddedChannel(new TcpQueryHandler(Runners.of(handler), LISTENER, CLIENT, limits, octets()));
        channel.freezeTime();
        return channel;
    }

    /** Completes one of the queries that wait, and has the loop's turn end. */
    private void complete(int query) {
        waiting.get(query).complete(ANSWER);
        later.runPendingTasks();
    }

    /** Ids of the responses sent since the last call. */
    private static List<Integer> ids(EmbeddedChannel connection) {
        List<Integer> ids = new ArrayList<>();
        for (ByteBuf frame = connection.readOutbound(); frame != null; frame = connection.readOutbound()) {
            while (frame.isReadable()) {
                ByteBuf message = frame.readSlice(frame.readUnsignedShort());
                ids.add(message.readUnsignedShort());
            }
            frame.release();
        }
        return ids;
    }

    private static ByteBuf frames(int... ids) {
        ByteBuf frames = Unpooled.buffer();
        for (int id : ids) {
            ByteBuf query = query(id);
            frames.writeShort(query.readableBytes()).writeBytes(query);
        }
        return frames;
    }

    private static ByteBuf range(int count) {
        return frames(IntStream.range(0, count).toArray());
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
