package org.cairndns.perf.faults.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/** The attacks on one server, with what came back. One thread. */
public final class HostileRun {
    private final InetSocketAddress server;
    private final HostileUpstream upstream;
    private final SplittableRandom random;
    private int badNames;

    /**
     * @param port of the server on 127.0.0.1
     * @param upstream that the server forwards to
     */
    public HostileRun(int port, HostileUpstream upstream, long seed) {
        this.server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        this.upstream = upstream;
        this.random = new SplittableRandom(seed);
    }

    /** Sends mutated queries over UDP. */
    public HostileTally datagrams(int count) throws IOException {
        HostileTally tally = new HostileTally();
        new UdpAssault(server, random, tally).run(count);
        return tally;
    }

    /** Sends mutated queries over TCP. */
    public HostileTally streams(int count) throws IOException {
        HostileTally tally = new HostileTally();
        new TcpAssault(server, random, tally).run(count);
        return tally;
    }

    /** Asks for names that the upstream answers badly. */
    public HostileTally answers(int count) throws IOException {
        HostileTally tally = new HostileTally();
        new UpstreamAssault(server, upstream, random, tally).run(badNames, count);
        badNames += count;
        return tally;
    }
}
