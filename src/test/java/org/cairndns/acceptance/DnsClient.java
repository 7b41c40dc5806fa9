package org.cairndns.acceptance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A stub resolver on one UDP socket, for one thread. */
final class DnsClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;

    /** What a response says: the RCODE's mnemonic, or the RDATA of the answer section. */
    record Answer(String rcode, Set<String> rdata) {
        static final Answer NAME_ERROR = new Answer("NXDOMAIN", Set.of());
        static final Answer NODATA = new Answer("NOERROR", Set.of());

        static Answer of(Set<String> rdata) {
            return new Answer("NOERROR", rdata);
        }
    }

    private final DatagramSocket socket;
    private final byte[] buffer = new byte[4096];

    DnsClient(InetSocketAddress server) throws IOException {
        socket = new DatagramSocket();
        socket.connect(server);
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** Asks once; no answer within two seconds is a failure. */
    Answer ask(String qname, int qtype) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(qname), qtype, 1));
        byte[] octets = query.toWire();
        socket.send(new DatagramPacket(octets, octets.length));
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("no answer to " + qname + " " + qtype, e);
            }
            Message response = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
            if (response.getHeader().getID() == query.getHeader().getID()) {
                return answer(response);
            }
        }
    }

    private static Answer answer(Message response) {
        Set<String> rdata = new TreeSet<>();
        for (Record record : response.getSection(Section.ANSWER)) {
            rdata.add(record.rdataToString());
        }
        return new Answer(Rcode.string(response.getRcode()), rdata);
    }

    @Override
    public void close() {
        socket.close();
    }
}
