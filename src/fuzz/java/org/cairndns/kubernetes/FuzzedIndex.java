package org.cairndns.kubernetes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.wire.Transport;
import org.cairndns.zone.LookupResult;
import org.xbill.DNS.Message;

/** An index for objects of any origin, and a check that what it says of them are messages. */
public final class FuzzedIndex {
    private static final DomainName ZONE = DomainName.of("cluster.local");
    private static final InetSocketAddress ADDRESS = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53);
    private static final ListenerInfo LISTENER = new ListenerInfo(Transport.UDP, "dns://:53", ADDRESS);
    private static final int[] TYPES = {RecordType.A, RecordType.AAAA, RecordType.SRV, RecordType.PTR, RecordType.TXT};
    private static final int MAX_NAMES = 300;

    private final ClusterIndex index = new ClusterIndex(
            EnumSet.allOf(ObjectKind.class),
            new KeptFields(true, true, true, KeptFields.PodLabels.NONE),
            () -> Instant.ofEpochSecond(1_795_354_802L),
            4711);
    private final ClusterChanges changes = index.writer(ProgrammingListener.NONE);

    /** Where the objects go. */
    public ClusterChanges changes() {
        return changes;
    }

    /** Ends all lists, and asks for all names of the zone; throws if an answer is no message. */
    public void assertAnswers() throws IOException {
        for (ObjectKind kind : ObjectKind.values()) {
            changes.listFinished(kind);
        }
        ClusterZoneOptions options = new ClusterZoneOptions(
                List.of(ZONE, DomainName.of("in-addr.arpa"), DomainName.of("ip6.arpa")),
                30,
                5,
                PodMode.VERIFIED,
                Set.of(),
                false,
                true);
        ClusterZone zone = new ClusterZone(index, options, List::of);
        int names = 0;
        for (ResourceRecord record : zone.transfer(ZONE).orElseThrow().records()) {
            if (names++ == MAX_NAMES) {
                return;
            }
            for (int qtype : TYPES) {
                ask(zone, record.owner(), qtype);
            }
        }
    }

    private static void ask(ClusterZone zone, DomainName qname, int qtype) throws IOException {
        Query query = Query.of(qname, qtype, ADDRESS, LISTENER);
        switch (zone.lookup(query)) {
            case LookupResult.Found found -> write(query, found.response());
            case LookupResult.NoData noData -> write(query, noData.response());
            case LookupResult.NameError nameError -> write(query, nameError.response());
            default -> {}
        }
    }

    private static void write(Query query, Response response) throws IOException {
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, response, 0xffff, out);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        Message message = new Message(octets);
        if (message.getRcode() != response.rcode()) {
            throw new AssertionError(query + ": " + message);
        }
    }
}
