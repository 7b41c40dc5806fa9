package org.cairndns.perf.bench;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ReadResult;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.wire.Section;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Reading of a query packet, writing of the response to it. */
public class WireBenchmark extends StepBenchmark {
    private static final int TTL_SECONDS = 30;

    /** Whether the query has an OPT record. */
    @Param({"false", "true"})
    public boolean edns;

    private final ByteBuf out = Packets.empty();
    private ByteBuf packet = out;
    private Query query = Packets.read(Packets.query(". A", false));
    private Response one = Response.bare(0);
    private Response four = one;

    /** Makes the packet and responses of one and of four addresses. */
    @Setup
    public void setUp() {
        packet = Packets.query("checkout-500.team-10.svc.cluster.local A", edns);
        query = Packets.read(packet);
        one = response(1);
        four = response(4);
    }

    private Response response(int addresses) {
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (int i = 0; i < addresses; i++) {
            builder.address(Section.ANSWER, query.qname(), TTL_SECONDS, InetAddress.ofLiteral("10.1.2." + i));
        }
        return builder.build();
    }

    @Benchmark
    public ReadResult read() {
        return QueryReader.read(packet, Packets.CLIENT, Packets.LISTENER);
    }

    @Benchmark
    public int writeOneAddress() {
        return ResponseWriter.write(query, one, query.maxResponseOctets(), out.clear());
    }

    @Benchmark
    public int writeFourShuffled() {
        return ResponseWriter.write(query, four.withShuffledAddresses(), query.maxResponseOctets(), out.clear());
    }
}
