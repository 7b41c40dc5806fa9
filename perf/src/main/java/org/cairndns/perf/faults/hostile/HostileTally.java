package org.cairndns.perf.faults.hostile;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came back so far. One thread. */
public final class HostileTally {
    private static final int MAX_FAULTS = 20;

    private final Map<Integer, Long> byRcode = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private long sent;
    private long good;
    private long faultCount;
    private long unreadable;

    HostileTally() {}

    void sent() {
        sent++;
    }

    void replied(byte[] reply) {
        byRcode.merge(reply.length > 3 ? reply[3] & 0xf : -1, 1L, Long::sum);
    }

    void goodReply() {
        good++;
    }

    /** A response that is whole, but has RDATA of an upstream that dnsjava does not take. */
    void unreadable() {
        unreadable++;
    }

    void fault(byte[] query, byte[] reply, String what) {
        faultCount++;
        if (faults.size() < MAX_FAULTS) {
            HexFormat hex = HexFormat.of();
            faults.add("query " + hex.formatHex(query) + "\n  reply " + hex.formatHex(reply) + "\n  " + what);
        }
    }

    /** Messages sent, good ones aside. */
    public long sentCount() {
        return sent;
    }

    /** Good queries that were answered right. */
    public long goodCount() {
        return good;
    }

    /** Responses that were not as they have to be, or did not come. */
    public long faultCount() {
        return faultCount;
    }

    /** Responses with RDATA, passed on as an upstream sent it, that dnsjava does not take. */
    public long unreadableCount() {
        return unreadable;
    }

    /** The first faults, each with the octets in hexadecimal digits. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Number of responses by the four bits of the RCODE in the header. */
    public Map<Integer, Long> byRcode() {
        return Map.copyOf(byRcode);
    }
}
