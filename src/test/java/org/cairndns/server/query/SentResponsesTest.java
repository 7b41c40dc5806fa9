package org.cairndns.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentResponsesTest {
    private static final long SEED = 20261126;
    private static final byte[] WEB = RepeatingLoop.query("web.example.", RecordType.A, 7);

    private final AtomicLong nowNanos = new AtomicLong();
    private final Counting handler = new Counting();
    private final RepeatingLoop loop = new RepeatingLoop(handler, nowNanos::get);

    /** A handler that answers with an address made of the name, and counts. */
    private static class Counting implements Handler {
        private final List<Query> queries = new ArrayList<>();
        private Repetition repetition = Repetition.ALWAYS;
        private int addresses = 1;

        @Override
        public Reply handle(Query query) {
            queries.add(query);
            ResponseBuilder builder = new ResponseBuilder(query.qname());
            for (int i = 0; i < addresses; i++) {
                int hash = query.qname().hashCode() + i;
                byte[] address = {10, (byte) (hash >>> 16), (byte) (hash >>> 8), (byte) hash};
                builder.address(Section.ANSWER, query.qname(), 30, address);
            }
            return new Reply.Answered(builder.build());
        }

        @Override
        public Repetition repetition(Query query) {
            return repetition;
        }
    }

    private static byte[] withId(byte[] message, int id) {
        byte[] other = message.clone();
        other[0] = (byte) (id >>> 8);
        other[1] = (byte) id;
        return other;
    }

    @Test
    void repeat_thirdEqualQuery_getsTheSameOctetsWithItsOwnId() {
        byte[] first = loop.ask(WEB);
        loop.ask(WEB);

        byte[] third = loop.ask(withId(WEB, 0xbeef));

        assertThat(third).isEqualTo(withId(first, 0xbeef));
        assertThat(handler.queries).hasSize(2);
        assertThat(loop.repeated()).isEqualTo(1);
    }

    @Test
    void repeat_oneBitOfAnyOctetDiffers_isNotRepeated() {
        Random random = new Random(SEED);
        System.out.println("seed " + SEED);
        for (int round = 0; round < 40; round++) {
            byte[] query = randomQuery(random);
            loop.ask(query);
            loop.ask(query);
            assertThat(repeats(query, RepeatingLoop.UDP)).isTrue();
            for (int bit = 16; bit < query.length * 8; bit++) {
                byte[] other = query.clone();
                other[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(repeats(other, RepeatingLoop.UDP))
                        .as("bit %s of %s", bit, Arrays.toString(query))
                        .isFalse();
            }
            assertThat(repeats(Arrays.copyOf(query, query.length - 1), RepeatingLoop.UDP))
                    .isFalse();
            assertThat(repeats(Arrays.copyOf(query, query.length + 1), RepeatingLoop.UDP))
                    .isFalse();
        }
    }

    /** A question, and any octets behind it, which readers do not look at. */
    private static byte[] randomQuery(Random random) {
        String label = "x".repeat(1 + random.nextInt(63));
        byte[] query = RepeatingLoop.query(label + "." + random.nextInt() + ".", 1 + random.nextInt(50), 1);
        byte[] longer = Arrays.copyOf(query, query.length + random.nextInt(40));
        for (int i = query.length; i < longer.length; i++) {
            longer[i] = (byte) random.nextInt();
        }
        return longer;
    }

    private boolean repeats(byte[] query, ListenerInfo listener) {
        return loop.sent.repeat(Unpooled.wrappedBuffer(query), listener, Unpooled.buffer());
    }

    @Test
    void repeat_shortestQuery_isRepeated() {
        byte[] root = RepeatingLoop.query(".", RecordType.NS, 1);
        assertThat(root).hasSize(17);
        loop.ask(root);
        loop.ask(root);
        assertThat(repeats(root, RepeatingLoop.UDP)).isTrue();
    }

    @Test
    void repeat_sameQueryToAnotherListener_isNotRepeated() {
        loop.ask(WEB);
        loop.ask(WEB);

        assertThat(repeats(WEB, RepeatingLoop.UDP)).isTrue();
        assertThat(repeats(WEB, new ListenerInfo(RepeatingLoop.UDP.transport(), "dns://:53", RepeatingLoop.ADDRESS)))
                .isFalse();
    }

    @Test
    void keep_longResponsesOfManyNames_heapIsBoundedAndTheLastIsRepeated() {
        handler.addresses = 25;
        for (int i = 0; i < 20_000; i++) {
            byte[] query = RepeatingLoop.query("name-" + i + ".example.", RecordType.A, i);
            loop.ask(query);
            loop.ask(query);
            assertThat(loop.sent.heldOctets()).isLessThanOrEqualTo(SentResponses.MAX_HEAP_OCTETS);
        }
        assertThat(loop.sent.heldOctets()).isGreaterThan(SentResponses.MAX_HEAP_OCTETS / 2);
        byte[] last = RepeatingLoop.query("name-19999.example.", RecordType.A, 1);

        assertThat(repeats(last, RepeatingLoop.UDP)).isTrue();
        loop.sent.clear();
        assertThat(loop.sent.heldOctets()).isZero();
    }

    @Test
    void keep_usualResponses_allPlacesMayBeTaken() {
        for (int i = 0; i < 50_000; i++) {
            byte[] query = RepeatingLoop.query("service-" + i + ".namespace.svc.cluster.local.", RecordType.A, i);
            loop.ask(query);
            loop.ask(query);
        }

        assertThat(loop.sent.heldOctets()).isLessThan(SentResponses.MAX_HEAP_OCTETS);
    }

    @Test
    void repeat_moreQueriesThanPlaces_eachGetsItsOwnAnswer() {
        Random random = new Random(SEED);
        List<byte[]> queries = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            queries.add(RepeatingLoop.query("name-" + i + ".example.", RecordType.A, i));
        }
        for (int i = 0; i < 200_000; i++) {
            byte[] query = queries.get(random.nextInt(queries.size()) >>> random.nextInt(14));
            assertThat(loop.ask(query)).isEqualTo(loop.handle(query));
        }
        assertThat(loop.repeated()).isGreaterThan(50_000);
    }

    @Test
    void repeat_askedAgainAndAgainAmongRivals_staysKept() {
        loop.ask(WEB);
        loop.ask(WEB);
        int before = loop.repeated();
        for (int i = 0; i < 50_000; i++) {
            byte[] rival = RepeatingLoop.query("rival-" + i + ".example.", RecordType.A, i);
            loop.ask(rival);
            loop.ask(rival);
            loop.ask(WEB);
        }

        assertThat(loop.repeated() - before).isEqualTo(50_000);
    }

    @Test
    void repeat_longQueryOrLongResponse_isHandledEachTime() {
        byte[] padded = Arrays.copyOf(WEB, 301);
        handledEachTime(padded);
        handler.addresses = 80;
        handledEachTime(WEB);
    }

    @Test
    void repeat_truncatedResponse_isHandledEachTime() {
        handler.addresses = 40;

        handledEachTime(WEB);

        assertThat(loop.ask(WEB)[2] & 0x02).as("TC").isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NEVER", "OVER", "NEVER_OF", "FAILS", "FAILS_OF"})
    void repeat_noWordThatHolds_isHandledEachTime(String word) {
        handler.repetition = switch (word) {
            case "NEVER" -> Repetition.NEVER;
            case "OVER" -> Repetition.ALWAYS.during(() -> false);
            case "FAILS" ->
                (now, took) -> {
                    throw new IllegalStateException("broken");
                };
            default ->
                new Repetition() {
                    @Override
                    public int again(long now, long took) {
                        return SAME_TTLS;
                    }

                    @Override
                    public Repetition of(Query query, Response response) {
                        if (word.equals("FAILS_OF")) {
                            throw new IllegalStateException("broken");
                        }
                        return NEVER;
                    }
                };
        };

        handledEachTime(WEB);
    }

    @Test
    void repeat_handlerCannotGiveItsWord_isHandledEachTime() {
        RepeatingLoop other = new RepeatingLoop(
                new Handler() {
                    @Override
                    public Reply handle(Query query) {
                        return handler.handle(query);
                    }

                    @Override
                    public Repetition repetition(Query query) {
                        throw new IllegalStateException("broken");
                    }
                },
                nowNanos::get);
        for (int i = 0; i < 5; i++) {
            assertThat(other.ask(WEB)).isEqualTo(loop.handle(WEB));
        }
        assertThat(other.repeated()).isZero();
    }

    private void handledEachTime(byte[] query) {
        for (int i = 0; i < 10; i++) {
            int before = handler.queries.size();
            assertThat(loop.ask(query)).isNotEmpty();
            assertThat(handler.queries).hasSize(before + 1);
        }
    }

    @Test
    void repeat_otherReplyThanAnAnswer_isHandledEachTime() {
        List<Reply> replies =
                List.of(new Reply.Failed(Rcode.SERVFAIL, ""), new Reply.Pending(), Reply.Dropped.INSTANCE);
        for (Reply reply : replies) {
            Counting counting = new Counting() {
                @Override
                public Reply handle(Query query) {
                    super.handle(query);
                    return reply;
                }
            };
            RepeatingLoop other = new RepeatingLoop(counting, nowNanos::get);
            for (int i = 0; i < 6; i++) {
                other.ask(WEB);
            }
            assertThat(counting.queries).as(reply.toString()).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "class CH", "class ANY", "EDNS version"})
    void repeat_queryOutOfTheOrdinary_isHandledEachTime(String what) {
        byte[] query = WEB.clone();
        switch (what) {
            case "notify" -> query[2] |= 0x20;
            case "class CH" -> query[query.length - 1] = 3;
            case "class ANY" -> query[query.length - 1] = (byte) 0xff;
            default -> {
                query = Arrays.copyOf(query, query.length + 11);
                query[11] = 1;
                query[query.length - 9] = RecordType.OPT;
                query[query.length - 5] = 1;
            }
        }
        for (int i = 0; i < 6; i++) {
            assertThat(loop.ask(query)).isNotEmpty();
        }
        assertThat(loop.repeated()).isZero();
    }

    @Test
    void repeat_otherBlocks_answerAtOnce() {
        loop.ask(WEB);
        byte[] before = loop.ask(WEB);
        assertThat(loop.ask(WEB)).isEqualTo(before);

        loop.runner.replace(RepeatingLoop.blocks(query -> new Reply.Answered(Response.bare(Rcode.NXDOMAIN))));

        assertThat(loop.ask(WEB)[3] & 0x0f).isEqualTo(Rcode.NXDOMAIN);
        assertThat(loop.ask(WEB)[3] & 0x0f).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void clear_kept_isHandledAnew() {
        loop.ask(WEB);
        loop.ask(WEB);
        loop.sent.clear();
        assertThat(repeats(WEB, RepeatingLoop.UDP)).isFalse();
    }

    @Test
    void keep_queryThatWasSkipped_isNotKeptInThePlaceOfTheOneBefore() {
        byte[] mail = RepeatingLoop.query("mail.example.", RecordType.A, 1);
        Query query = (Query) org.cairndns.wire.QueryReader.read(
                Unpooled.wrappedBuffer(mail), RepeatingLoop.ADDRESS, RepeatingLoop.UDP);
        loop.ask(WEB);
        loop.ask(WEB);

        loop.sent.skip();
        loop.sent.watch(loop.runner, query);
        ByteBuf out = Unpooled.buffer().writeZero(40);
        loop.sent.keep(Unpooled.wrappedBuffer(mail), query, handler.handle(query), out, 0);

        assertThat(repeats(mail, RepeatingLoop.UDP)).isFalse();
        assertThat(repeats(WEB, RepeatingLoop.UDP)).isTrue();
    }

    @Test
    void repeat_took_isTheTimeSinceTheQueryBeforeWasAnswered() {
        List<Long> took = new ArrayList<>();
        handler.repetition = (now, nanos) -> {
            took.add(nanos);
            return Repetition.SAME_TTLS;
        };
        RepeatingLoop ticking = new RepeatingLoop(handler, () -> nowNanos.getAndAdd(100));
        ticking.ask(WEB);
        ticking.ask(WEB);
        ticking.sent.begin();
        repeat(ticking, WEB);
        nowNanos.addAndGet(5);
        repeat(ticking, WEB);
        // What handlers answer in between is counted by them.
        repeat(ticking, RepeatingLoop.query("mail.example.", RecordType.A, 1));
        nowNanos.addAndGet(1_000_000);
        repeat(ticking, WEB);

        assertThat(took).containsExactly(100L, 105L, 100L);
    }

    private static void repeat(RepeatingLoop loop, byte[] query) {
        loop.sent.repeat(Unpooled.wrappedBuffer(query), RepeatingLoop.UDP, Unpooled.buffer());
    }

    @Test
    void answer_nameInUpperCase_isWrittenAsAsked() {
        byte[] upper = RepeatingLoop.query("WEB.example.", RecordType.A, 7);
        for (int i = 0; i < 4; i++) {
            loop.ask(WEB);
            byte[] response = loop.ask(upper);
            assertThat(new String(response, 13, 3, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("WEB");
        }
        assertThat(loop.repeated()).isEqualTo(4);
        assertThat(handler.queries.getFirst().qname()).isEqualTo(DomainName.of("web.example."));
    }
}
