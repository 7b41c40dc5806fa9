package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;

/**
 * A cutter of JSON text, arriving in pieces of any size, into the objects that are read one by one.
 *
 * <p>In a watch these are the objects at the top, in a list the elements of {@code items}. What surrounds the elements of a
 * list is kept: {@link #envelope()} is the list with {@code items} emptied. Only strings and brackets are looked at; whether
 * an object is JSON is for its reader to find out.
 */
final class JsonCutter {
    /** Octets, the longest object that is taken: several times what etcd stores. */
    static final int MAX_OBJECT_OCTETS = 16 << 20;

    private static final int MAX_ENVELOPE_OCTETS = 64 << 10;
    private static final int PIECE_OCTETS = 16 << 10;
    private static final byte[] ITEMS = {'i', 't', 'e', 'm', 's'};

    /** The receiver of the objects; the octets are only lent. */
    @FunctionalInterface
    interface Sink {
        void object(byte[] octets, int offset, int length);
    }

    // What the octet under the cursor belongs to.
    private enum Place {
        /** The list around its elements. */
        ENVELOPE,
        /** White space and commas between objects. */
        BETWEEN,
        OBJECT
    }

    private final boolean list;
    private final Sink sink;
    private final byte[] scratch = new byte[PIECE_OCTETS];
    private final OctetBuffer object = new OctetBuffer(MAX_OBJECT_OCTETS);
    private final OctetBuffer envelope = new OctetBuffer(MAX_ENVELOPE_OCTETS);
    private Place place;
    private int depth;
    private boolean inString;
    private boolean escaped;
    // Octets of ITEMS that the string at depth 1 has matched so far, -1 after a difference.
    private int matched;
    private boolean itemsNext;

    private JsonCutter(boolean list, Sink sink) {
        this.list = list;
        this.sink = sink;
        this.place = list ? Place.ENVELOPE : Place.BETWEEN;
    }

    /** A cutter of a list into its elements. */
    static JsonCutter list(Sink elements) {
        return new JsonCutter(true, elements);
    }

    /** A cutter of a sequence of objects. */
    static JsonCutter sequence(Sink objects) {
        return new JsonCutter(false, objects);
    }

    /**
     * Takes the next piece and hands over the objects that it completes.
     *
     * @throws MalformedBodyException when the text can't be what was asked for
     */
    void feed(ByteBuffer piece) {
        while (piece.hasRemaining()) {
            int length = Math.min(piece.remaining(), scratch.length);
            piece.get(scratch, 0, length);
            cut(scratch, length);
        }
    }

    private void cut(byte[] octets, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            Place before = place;
            boolean complete = step(octets[i]);
            if (complete) {
                handOver(octets, start, i + 1);
                start = i + 1;
            } else if (before != place) {
                // The bracket that opens the elements belongs to what surrounds them.
                int end = place == Place.BETWEEN ? i + 1 : i;
                keep(before, octets, start, end);
                start = end;
            }
        }
        keep(place, octets, start, length);
    }

    /**
     * Checks that the text ends here.
     *
     * @throws MalformedBodyException when it is cut off
     */
    void finish() {
        if (depth > 0 || inString || (list && envelope.length() == 0)) {
            throw new MalformedBodyException("the text ends in the middle");
        }
    }

    /** The list without its elements; whole after {@link #finish()}. */
    OctetBuffer envelope() {
        return envelope;
    }

    // True when the octet ends an object.
    private boolean step(byte octet) {
        if (inString) {
            string(octet);
            return false;
        }
        switch (place) {
            case ENVELOPE -> envelope(octet);
            case BETWEEN -> between(octet);
            case OBJECT -> {
                nest(octet);
                if (depth == elementDepth()) {
                    place = Place.BETWEEN;
                    return true;
                }
            }
        }
        return false;
    }

    private void string(byte octet) {
        if (escaped) {
            escaped = false;
            matched = -1;
        } else if (octet == '\\') {
            escaped = true;
        } else if (octet == '"') {
            inString = false;
        } else if (matched >= 0) {
            matched = matched < ITEMS.length && octet == ITEMS[matched] ? matched + 1 : -1;
        }
    }

    private void envelope(byte octet) {
        nest(octet);
        if (depth == 0 && octet != '}' && !isSpace(octet)) {
            throw unexpected(octet);
        }
        if (octet == ':') {
            itemsNext = depth == 1 && matched == ITEMS.length;
        } else if (octet == '[' && itemsNext && depth == 2) {
            place = Place.BETWEEN;
        }
        if (!isSpace(octet) && octet != ':') {
            itemsNext = false;
        }
    }

    private void between(byte octet) {
        if (octet == '{') {
            depth++;
            place = Place.OBJECT;
        } else if (list && octet == ']') {
            depth--;
            place = Place.ENVELOPE;
        } else if (!isSpace(octet) && !(list && octet == ',')) {
            throw unexpected(octet);
        }
    }

    private void nest(byte octet) {
        switch (octet) {
            case '{', '[' -> depth++;
            case '}', ']' -> {
                if (--depth < 0) {
                    throw unexpected(octet);
                }
            }
            case '"' -> {
                inString = true;
                matched = 0;
            }
            default -> {}
        }
    }

    private int elementDepth() {
        return list ? 2 : 0;
    }

    private void keep(Place where, byte[] octets, int from, int to) {
        switch (where) {
            case ENVELOPE -> envelope.append(octets, from, to);
            case OBJECT -> object.append(octets, from, to);
            case BETWEEN -> {}
        }
    }

    // An object that lies within one piece is handed over from there.
    private void handOver(byte[] octets, int from, int to) {
        if (object.length() == 0) {
            sink.object(octets, from, to - from);
            return;
        }
        object.append(octets, from, to);
        sink.object(object.octets(), 0, object.length());
        object.clear();
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    private static MalformedBodyException unexpected(byte octet) {
        return new MalformedBodyException("JSON expected, octet 0x" + Integer.toHexString(octet & 0xff) + " found");
    }
}
