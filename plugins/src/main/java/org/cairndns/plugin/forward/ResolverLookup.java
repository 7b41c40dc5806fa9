package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;
import org.cairndns.wire.Transport;

/** Lookup of host names by the servers of {@code resolver}, which are asked in order as upstreams are. */
final class ResolverLookup implements AddressLookup {
    private static final InetSocketAddress SELF = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final ListenerInfo NOWHERE = new ListenerInfo(Transport.UDP, "", SELF);

    private final Forwarder forwarder;
    private final Handler resolvers;

    ResolverLookup(
            List<UpstreamAddress> addresses,
            Optional<InetAddress> source,
            ServerContext server,
            ClientsUnderWay clients) {
        ForwardConfig config = config(addresses, source);
        this.forwarder = new Forwarder(
                config,
                server,
                new ConnectionOpener(
                        config.transports(), new UpstreamTls(Optional.empty(), Optional.empty()), server.background()),
                clients);
        // Nobody reads the notes of a block that is none.
        Metadata.Note unread = new Metadata().note("forward/upstream");
        this.resolvers =
                new ForwardHandler(forwarder, unread, query -> new Reply.Failed(Rcode.SERVFAIL, "no resolver"));
    }

    private static ForwardConfig config(List<UpstreamAddress> addresses, Optional<InetAddress> source) {
        Duration idle = Duration.ofSeconds(10);
        ForwardConfig.Patience patience = new ForwardConfig.Patience(
                ForwardConfig.Patience.READ_TIMEOUT_NANOS, ForwardConfig.Patience.BUDGET_NANOS, 0, true);
        return new ForwardConfig(
                DomainName.ROOT,
                List.of(),
                List.copyOf(addresses),
                List.of(),
                new ForwardConfig.Transports(false, true, source, ForwardConfig.TlsFiles.NONE, DohMethod.POST),
                new ForwardConfig.Connections(idle.toNanos(), 0, 0),
                new ForwardConfig.Attempts(Policy.SEQUENTIAL, OptionalLong.empty(), patience, 0, false),
                new ForwardConfig.HealthCheck(0, 0, true, DomainName.ROOT),
                new ForwardConfig.Rcodes(1 << Rcode.SERVFAIL | 1 << Rcode.REFUSED, 0, false));
    }

    void stop() {
        forwarder.stop();
    }

    @Override
    public CompletableFuture<List<InetAddress>> addressesOf(String host) {
        DomainName name = DomainName.of(host);
        CompletableFuture<List<InetAddress>> v4 = ask(name, RecordType.A);
        CompletableFuture<List<InetAddress>> v6 = ask(name, RecordType.AAAA);
        return CompletableFuture.allOf(v4, v6).handle((done, failure) -> {
            List<InetAddress> found = new ArrayList<>();
            v4.exceptionally(e -> List.of()).thenAccept(found::addAll);
            v6.exceptionally(e -> List.of()).thenAccept(found::addAll);
            if (found.isEmpty()) {
                throw new IllegalStateException(failure == null ? "no addresses" : failure.getMessage());
            }
            return found;
        });
    }

    private CompletableFuture<List<InetAddress>> ask(DomainName name, int type) {
        Query query = Query.of(name, type, SELF, NOWHERE);
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        // Handlers of forward always answer later, whatever comes of it.
        resolvers.handle(query).then(reply -> {
            switch (reply) {
                case Reply.Answered answered -> addresses(query, answered.response(), found);
                case Reply.Failed failed -> found.completeExceptionally(new IllegalStateException(failed.reason()));
                case Reply.Dropped dropped -> found.completeExceptionally(new IllegalStateException("no response"));
                case Reply.Messages messages -> throw new AssertionError("no zone transfer was asked for");
                case Reply.Pending pending -> throw new AssertionError("a step never sees it");
            }
            return reply;
        });
        return found;
    }

    private static void addresses(Query query, Response response, CompletableFuture<List<InetAddress>> found) {
        List<InetAddress> addresses = new ArrayList<>();
        RecordCursor cursor = new RecordCursor(query.qname(), response);
        while (cursor.next() && cursor.section() == Section.ANSWER) {
            if (cursor.type() == query.qtype()) {
                try {
                    addresses.add(InetAddress.getByAddress(cursor.rdata()));
                } catch (UnknownHostException e) {
                    found.completeExceptionally(new IllegalStateException("an address of " + e.getMessage(), e));
                }
            }
        }
        if (response.rcode() == Rcode.NOERROR) {
            found.complete(addresses);
        } else {
            found.completeExceptionally(new IllegalStateException(Rcode.text(response.rcode())));
        }
    }
}
