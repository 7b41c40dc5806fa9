package org.cairndns.testing;

import java.nio.ByteBuffer;

/** Messages as they go over TCP: each behind its length in two octets (RFC 1035 4.2.2). */
public final class Frames {
    private Frames() {}

    public static byte[] of(byte[] message) {
        return ByteBuffer.allocate(message.length + 2)
                .putShort((short) message.length)
                .put(message)
                .array();
    }
}
