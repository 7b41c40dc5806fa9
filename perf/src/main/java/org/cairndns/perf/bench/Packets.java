package org.cairndns.perf.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Edns;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.QueryWriter;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;

/** Query packets as they come in, and the buffers that answers go to. */
final class Packets {
    static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 40001);
    static final ListenerInfo LISTENER =
            new ListenerInfo(Transport.UDP, "dns://:53", new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53));

    private static final int ID = 4711;
    private static final int MAX_RESPONSE_OCTETS = 4096;

    /** As glibc with {@code options edns0} and systemd-resolved send it. */
    private static final Edns EDNS = new Edns(true, 1232, 0, 0, Edns.NO_OPTIONS);

    private Packets() {}

    /** The packet of a query such as {@code web.example. SRV}, in a direct buffer like a socket's. */
    static ByteBuf query(String nameAndType, boolean edns) {
        String[] words = nameAndType.split(" ");
        Query query =
                Query.of(DomainName.of(words[0]), RecordType.parse(words[1]).orElseThrow(), CLIENT, LISTENER);
        ByteBuf packet = empty();
        QueryWriter.write(edns ? query.withEdns(EDNS) : query, ID, packet);
        return packet;
    }

    /** A question with the names of a cluster IP service, of a headless one, and of a reverse zone put in. */
    static String fill(String template, List<SampleService> services) {
        SampleService clusterIp = services.get(services.size() / 2);
        SampleService headless =
                services.stream().filter(SampleService::headless).findFirst().orElseThrow();
        List<String> octets = List.of(clusterIp.clusterIp().split("\\.")).reversed();
        return template.replace("{service}", clusterIp.dnsName())
                .replace("{headless}", headless.dnsName())
                .replace("{reverse}", String.join(".", octets));
    }

    static Query read(ByteBuf packet) {
        return (Query) QueryReader.read(packet, CLIENT, LISTENER);
    }

    static ByteBuf empty() {
        return PooledByteBufAllocator.DEFAULT.directBuffer(MAX_RESPONSE_OCTETS);
    }
}
