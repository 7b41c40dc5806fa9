package org.cairndns.perf.faults.hostile;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** A walk over the octets of a response, for those whose RDATA, passed on from an upstream, dnsjava does not take. */
final class MessageWalk {
    private MessageWalk() {}

    /** True if question and records are as many as the header says, with proper owners, and nothing is left behind them. */
    static boolean isWhole(byte[] message) {
        try {
            ByteBuffer in = ByteBuffer.wrap(message);
            in.position(4);
            int questions = in.getShort() & 0xffff;
            int records = (in.getShort() & 0xffff) + (in.getShort() & 0xffff) + (in.getShort() & 0xffff);
            boolean whole = true;
            for (int i = 0; i < questions && whole; i++) {
                whole = skipName(in);
                in.getInt();
            }
            for (int i = 0; i < records && whole; i++) {
                whole = skipName(in);
                in.getLong();
                in.get(new byte[in.getShort() & 0xffff]);
            }
            return whole && !in.hasRemaining();
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    private static boolean skipName(ByteBuffer in) {
        int octets = 0;
        int limit = in.position();
        ByteBuffer at = in;
        while (true) {
            int length = at.get() & 0xff;
            if (length == 0) {
                return true;
            }
            if (length >= 0xc0) {
                int target = (length & 0x3f) << 8 | at.get() & 0xff;
                if (target >= limit || target < 12) {
                    return false;
                }
                at = at.duplicate().position(target);
                limit = target;
                continue;
            }
            octets += length + 1;
            if (length > 63 || octets > 254) {
                return false;
            }
            at.get(new byte[length]);
        }
    }
}
