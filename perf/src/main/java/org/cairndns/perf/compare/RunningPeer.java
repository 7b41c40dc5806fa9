package org.cairndns.perf.compare;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A server of the comparison that runs. */
public final class RunningPeer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS = 20;

    private final Peer peer;
    private final RunningProcess process;
    private final double answersAfterSeconds;
    private final double readyAfterSeconds;

    private RunningPeer(Peer peer, RunningProcess process, long answersAfterNanos, long readyAfterNanos) {
        this.peer = peer;
        this.process = process;
        this.answersAfterSeconds = answersAfterNanos / 1e9;
        this.readyAfterSeconds = readyAfterNanos / 1e9;
    }

    /**
     * Starts a server, waits until it answers.
     *
     * @param probe a name that has an address as soon as the server is ready
     */
    public static RunningPeer start(Peer peer, Path folder, Cores cores, String probe)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        RunningProcess process = RunningProcess.start(peer.name(), folder, cores.forServer(peer.command()));
        try {
            Message query = Message.newQuery(Record.newRecord(Name.fromString(probe + "."), Type.A, DClass.IN));
            // An echo has no records to give.
            boolean records = peer.mixes().contains(Mix.MISS);
            process.await(START_LIMIT, () -> answers(peer.port(), query, records));
            long answersAfterNanos = System.nanoTime() - start;
            if (peer.readyPort() != 0) {
                process.await(START_LIMIT, () -> isReady(peer.readyPort()));
            }
            return new RunningPeer(peer, process, answersAfterNanos, System.nanoTime() - start);
        } catch (IOException | RuntimeException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private static boolean answers(int port, Message query, boolean records) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(Ports.LOOPBACK, port));
            byte[] wire = query.toWire();
            socket.send(new DatagramPacket(wire, wire.length));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            Message message = new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
            return message.getHeader().getFlag(Flags.QR)
                    && (!records || message.getHeader().getCount(Section.ANSWER) > 0);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isReady(int port) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/ready").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public Peer peer() {
        return peer;
    }

    /** Name of the server. */
    public String name() {
        return peer.name();
    }

    /** Port of 127.0.0.1 where it answers. */
    public int port() {
        return peer.port();
    }

    /** What its process has used, with its children; fails if that has ended. */
    public Usage usage() throws IOException {
        process.checkAlive();
        return process.usage();
    }

    /** What it has written to its log so far, line by line. */
    public List<String> log() throws IOException {
        return process.log();
    }

    /** Id of its process. */
    public long pid() {
        return process.pid();
    }

    /** Time from the start of the process to the first address for the probe. */
    double answersAfterSeconds() {
        return answersAfterSeconds;
    }

    /** Time until {@code /ready} said so too. */
    double readyAfterSeconds() {
        return readyAfterSeconds;
    }

    @Override
    public void close() {
        process.close();
    }
}
