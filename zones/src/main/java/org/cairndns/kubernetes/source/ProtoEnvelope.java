package org.cairndns.kubernetes.source;

import java.util.Arrays;

/** What the API puts around an object in its binary encoding: a magic word, then a message with the object's octets. */
final class ProtoEnvelope {
    /** How the encoding is called in the headers Accept and Content-Type. */
    static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private ProtoEnvelope() {}

    /** Octets of the magic word. */
    static int magicLength() {
        return MAGIC.length;
    }

    /** Octet of the magic word. */
    static byte magic(int index) {
        return MAGIC[index];
    }

    /** True if the octets begin as an object in its envelope does. */
    static boolean isOne(byte[] octets, int offset, int length) {
        return length >= MAGIC.length && Arrays.equals(octets, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * A reader of the object in the envelope.
     *
     * @throws MalformedBodyException when there is none
     */
    static ProtoReader open(byte[] octets, int offset, int length, ProtoMessage message) {
        if (!isOne(octets, offset, length)) {
            throw new MalformedBodyException("no envelope");
        }
        ProtoReader envelope =
                new ProtoReader(ProtoMessage.ENVELOPE, octets, offset + MAGIC.length, length - MAGIC.length);
        for (String field = envelope.nextField(); field != null; field = envelope.nextField()) {
            if (field.equals("raw")) {
                return new ProtoReader(message, octets, envelope.from(), envelope.length());
            }
        }
        throw new MalformedBodyException("an envelope without an object");
    }
}
