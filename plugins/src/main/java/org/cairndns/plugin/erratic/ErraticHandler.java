package org.cairndns.plugin.erratic;

import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;

/** Last handler of a chain that counts its queries, over all event loops, and treats them by their numbers. */
final class ErraticHandler implements Handler {
    /** Delayed queries at a time; one more is dropped, so that a flood does not fill the heap. */
    static final int MAX_WAITING = 10_000;

    private static final InetAddress V4 = InetAddress.ofLiteral("192.0.2.53");
    private static final InetAddress V6 = InetAddress.ofLiteral("2001:db8::53");
    private static final InetAddress FIRST_SERVER = InetAddress.ofLiteral("2001:bd8::53");
    private static final InetAddress SECOND_SERVER = InetAddress.ofLiteral("2001:500::54");
    private static final Soa ZONE = new Soa(
            DomainName.of("sns.dns.icann.org."),
            DomainName.of("noc.dns.icann.org."),
            2_018_050_825L,
            7200,
            3600,
            1_209_600,
            3600);
    private static final int LARGE = 30;
    private static final long READY_FROM = 3;
    private static final long READY_BEFORE = 5;

    private final ErraticConfig config;
    private final ScheduledExecutorService background;
    private final AtomicLong queries = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();

    ErraticHandler(ErraticConfig config, ScheduledExecutorService background) {
        this.config = config;
        this.background = background;
    }

    /** True for a moment only, so that what watches readiness sees it come and go. */
    boolean isReady() {
        long count = queries.get();
        return count >= READY_FROM && count < READY_BEFORE;
    }

    @Override
    public Reply handle(Query query) {
        long number = queries.getAndIncrement();
        if (ErraticConfig.meets(number, config.dropEvery())) {
            return Reply.Dropped.INSTANCE;
        }
        // Unlike CoreDNS (plugin/erratic), which ANDs the two numbers, so that its page and its counts do not agree.
        Reply reply = reply(query, ErraticConfig.meets(number, config.truncateEvery()));
        return ErraticConfig.meets(number, config.delayEvery()) ? later(reply) : reply;
    }

    private Reply later(Reply reply) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Reply.Dropped.INSTANCE;
        }
        Reply.Pending pending = new Reply.Pending();
        try {
            background.schedule(
                    () -> {
                        waiting.decrementAndGet();
                        pending.complete(reply);
                    },
                    config.delay().toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The process ends.
            waiting.decrementAndGet();
            return reply;
        }
        return pending;
    }

    private Reply reply(Query query, boolean truncated) {
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        switch (query.qtype()) {
            case RecordType.A -> {
                for (int i = 0; i < (config.large() ? LARGE : 1); i++) {
                    builder.address(Section.ANSWER, query.qname(), 0, V4);
                }
            }
            case RecordType.AAAA -> builder.address(Section.ANSWER, query.qname(), 0, V6);
            case RecordType.AXFR -> {
                transfer(query.qname(), truncated, builder);
                return new Reply.Answered(builder.build());
            }
            default -> {
                return new Reply.Failed(Rcode.SERVFAIL, "erratic answers A, AAAA and AXFR only");
            }
        }
        return new Reply.Answered(builder.build().withTruncated(truncated));
    }

    /** A small zone at the qname; a truncated one lacks the SOA at its end (RFC 5936 2.2). */
    private static void transfer(DomainName apex, boolean truncated, ResponseBuilder builder) {
        if (apex.length() + 2 > DomainName.MAX_OCTETS) {
            return;
        }
        DomainName a = DomainName.prepend("a", apex);
        DomainName b = DomainName.prepend("b", apex);
        builder.soa(Section.ANSWER, apex, 0, ZONE)
                .name(Section.ANSWER, apex, RecordType.NS, 0, b)
                .name(Section.ANSWER, apex, RecordType.NS, 0, a)
                .address(Section.ANSWER, a, 0, FIRST_SERVER)
                .address(Section.ANSWER, b, 0, SECOND_SERVER);
        if (!truncated) {
            builder.soa(Section.ANSWER, apex, 0, ZONE);
        }
    }
}
