package org.cairndns.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.plugin.cache.CacheStore;
import org.cairndns.plugin.cache.CacheTtlLimits;
import org.cairndns.plugin.errors.ErrorsPlugin;
import org.cairndns.plugin.loadbalance.LoadbalancePlugin;
import org.cairndns.plugin.prometheus.PrometheusPlugin;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Allocation;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseReader;
import org.cairndns.zone.LookupResult;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class RepeatedAnswerAllocationTest {
    private static final int TIMES = 20_000;
    private static final int MAX_OCTETS = 64;

    private final FakeServer server = new FakeServer();

    private RepeatingLoop loop(Handler last) {
        Handler chain = new FakeBlock(
                        server,
                        ".:53 {\nprometheus\nerrors\nloadbalance\ncache\n}",
                        new PrometheusPlugin(),
                        new ErrorsPlugin(),
                        new LoadbalancePlugin(),
                        new CacheTtlLimits(),
                        new CacheStore())
                .chain(last);
        return new RepeatingLoop(chain, server::nanoTime);
    }

    @Test
    void ask_cachedName_allocatesNothing() {
        allocatesNothing(loop(query -> new Reply.Answered(upstreams(query))), "web.example.");
    }

    private static org.cairndns.wire.Response upstreams(Query query) {
        try {
            Name name = Name.fromString("web.example.");
            Message message = new Message(1);
            message.getHeader().setFlag(0);
            message.addRecord(Record.newRecord(name, Type.A, 1), Section.QUESTION);
            message.addRecord(Record.fromString(name, Type.A, 1, 300, "10.0.0.1", Name.root), Section.ANSWER);
            return ResponseReader.read(Unpooled.wrappedBuffer(message.toWire()), 1, query);
        } catch (IOException | BadMessageException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ask_clusterName_allocatesNothing() {
        ClusterIndex index = new ClusterIndex(Set.of(ObjectKind.SERVICE), false, InstantSource.system(), 1);
        ClusterChanges changes = index.writer(ProgrammingListener.NONE);
        changes.listStarted(ObjectKind.SERVICE);
        changes.putNamespace("shop");
        InetAddress address = InetAddress.ofLiteral("10.96.1.1");
        changes.put(new ServiceEntry("shop", "web", ServiceKind.CLUSTER_IP, List.of(address), "", List.of()));
        changes.listFinished(ObjectKind.SERVICE);
        ClusterZone zone =
                new ClusterZone(index, ClusterZoneOptions.of(List.of(DomainName.of("cluster.local"))), List::of);
        Handler cluster = new Handler() {
            @Override
            public Reply handle(Query query) {
                return new Reply.Answered(((LookupResult.Found) zone.lookup(query)).response());
            }

            @Override
            public Repetition repetition(Query query) {
                return Repetition.ALWAYS.during(zone.validity(query));
            }
        };
        // The cache is for upstreams, so the cluster lies above it.
        Handler chain = new FakeBlock(
                        server,
                        ".:53 {\nprometheus\nerrors\nloadbalance\ncache\n}",
                        new PrometheusPlugin(),
                        new ErrorsPlugin(),
                        new LoadbalancePlugin(),
                        new CacheTtlLimits())
                .chain(cluster);
        allocatesNothing(new RepeatingLoop(chain, server::nanoTime), "web.shop.svc.cluster.local.");
    }

    private static void allocatesNothing(RepeatingLoop loop, String qname) {
        ByteBuf octets = Unpooled.wrappedBuffer(RepeatingLoop.query(qname, RecordType.A, 1));
        Query any = Query.of(DomainName.of(qname), RecordType.A, RepeatingLoop.ADDRESS, RepeatingLoop.UDP);

        double perQuery = Allocation.octetsPerQuery(
                query -> {
                    loop.ask(octets);
                    return Reply.Dropped.INSTANCE;
                },
                any,
                TIMES);

        System.out.printf("allocated per repeated answer for %s: %.1f octets%n", qname, perQuery);
        assertThat(loop.repeated()).isGreaterThan(2 * TIMES - 10);
        assertThat(perQuery).isLessThanOrEqualTo(MAX_OCTETS);
    }
}
