package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import org.cairndns.kubernetes.ObjectKind;

/**
 * A list in the API's binary encoding.
 *
 * <pre>
 *   magic | envelope: 1 type, 2 list: 1 metadata, 2 object, 2 object, ...
 * </pre>
 *
 * Every field is a tag and its value; values of fields that matter are whole in memory one at a time.
 */
final class ProtoListBody implements ListBody {
    private static final int PIECE_OCTETS = 16 << 10;
    private static final int MAX_HEAD_OCTETS = 64 << 10;
    private static final int VARINT = 0;
    private static final int EIGHT_OCTETS = 1;
    private static final int DELIMITED = 2;
    private static final int FOUR_OCTETS = 5;
    private static final int TYPE = 1;
    private static final int LIST = 2;
    private static final int METADATA = 1;
    private static final int ITEM = 2;

    // What the octet under the cursor belongs to.
    private enum Place {
        MAGIC,
        TAG,
        NUMBER,
        LENGTH,
        VALUE
    }

    private final ProtoMessage element;
    private final Sink sink;
    private final byte[] scratch = new byte[PIECE_OCTETS];
    private final OctetBuffer object = new OctetBuffer(JsonCutter.MAX_OBJECT_OCTETS);
    private final OctetBuffer type = new OctetBuffer(MAX_HEAD_OCTETS);
    private final OctetBuffer metadata = new OctetBuffer(MAX_HEAD_OCTETS);
    private Place place = Place.MAGIC;
    private int magicSeen;
    private long number;
    private int shift;
    private int field;

    /** Octets of the value that are to come. */
    private long valueLeft;

    private boolean inList;
    private boolean listSeen;
    private long listLeft;

    ProtoListBody(ObjectKind kind, Sink sink) {
        this.element = ProtoMessage.of(kind);
        this.sink = sink;
    }

    @Override
    public void feed(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            int length = Math.min(piece.remaining(), scratch.length);
            piece.get(scratch, 0, length);
            for (int i = 0; i < length; ) {
                int taken = place == Place.VALUE ? value(i, length) : octet(scratch[i]);
                i += taken;
            }
        }
    }

    @Override
    public ListPage end() {
        if (inList || !listSeen || place != Place.TAG || shift > 0) {
            throw new MalformedBodyException("the list ends in the middle");
        }
        String kind = "";
        ProtoReader head = new ProtoReader(ProtoMessage.TYPE, type.octets(), 0, type.length());
        for (String name = head.nextField(); name != null; name = head.nextField()) {
            kind = name.equals("kind") ? head.text() : kind;
        }
        return ListPage.read(new ProtoReader(ProtoMessage.LIST_META, metadata.octets(), 0, metadata.length()))
                .of(kind);
    }

    private int octet(byte octet) {
        consume(1);
        if (place == Place.MAGIC) {
            if (octet != ProtoEnvelope.magic(magicSeen++)) {
                throw new MalformedBodyException("not the API's encoding");
            }
            place = magicSeen == ProtoEnvelope.magicLength() ? Place.TAG : Place.MAGIC;
            return 1;
        }
        if (shift >= Long.SIZE) {
            throw new MalformedBodyException("a number without an end");
        }
        number |= (octet & 0x7fL) << shift;
        shift += 7;
        if (octet >= 0) {
            long complete = number;
            number = 0;
            shift = 0;
            numberRead(complete);
        }
        return 1;
    }

    private void numberRead(long complete) {
        switch (place) {
            case TAG -> tag(complete);
            case LENGTH -> length(complete);
            case MAGIC, NUMBER, VALUE -> next();
        }
    }

    private void tag(long tag) {
        field = (int) (tag >>> 3);
        switch ((int) tag & 7) {
            case VARINT -> place = Place.NUMBER;
            case DELIMITED -> place = Place.LENGTH;
            case EIGHT_OCTETS -> ignored(8);
            case FOUR_OCTETS -> ignored(4);
            default -> throw new MalformedBodyException("unknown wire type");
        }
    }

    private void ignored(int octets) {
        field = 0;
        length(octets);
    }

    private void length(long length) {
        if (length < 0 || inList && length > listLeft) {
            throw new MalformedBodyException("a field goes beyond its message");
        }
        if (!inList && field == LIST) {
            inList = true;
            listSeen = true;
            listLeft = length;
            next();
            return;
        }
        place = Place.VALUE;
        valueLeft = length;
        if (length == 0) {
            valueRead(0, 0);
        }
    }

    // Takes what is there of a value, from one place of the scratch to another.
    private int value(int from, int to) {
        int taken = (int) Math.min(valueLeft, to - from);
        consume(taken);
        valueLeft -= taken;
        if (valueLeft == 0) {
            valueRead(from, from + taken);
        } else {
            keep(from, from + taken);
        }
        return taken;
    }

    private void valueRead(int from, int to) {
        if (!inList || field != ITEM) {
            keep(from, to);
        } else if (object.length() == 0) {
            sink.object(new ProtoReader(element, scratch, from, to - from));
        } else {
            keep(from, to);
            sink.object(new ProtoReader(element, object.octets(), 0, object.length()));
            object.clear();
        }
        next();
    }

    private void keep(int from, int to) {
        if (inList && field == ITEM) {
            object.append(scratch, from, to);
        } else if (inList && field == METADATA) {
            metadata.append(scratch, from, to);
        } else if (!inList && field == TYPE) {
            type.append(scratch, from, to);
        }
    }

    private void next() {
        place = Place.TAG;
        if (inList && listLeft == 0) {
            inList = false;
        }
    }

    private void consume(int octets) {
        if (inList) {
            listLeft -= octets;
            if (listLeft < 0) {
                throw new MalformedBodyException("a field goes beyond its message");
            }
        }
    }
}
