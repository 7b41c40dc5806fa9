package org.cairndns.kubernetes.source;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reader of an object in the API's binary encoding (Protocol Buffers), of which it hands out the fields that its
 * {@link ProtoMessage} has.
 *
 * <p>An element of a list is an array of one, an entry of a map is an object of one field. What is no such object is a {@link
 * MalformedBodyException}.
 */
final class ProtoReader implements FieldReader {
    private static final int MAX_DEPTH = 8;
    private static final int VARINT = 0;
    private static final int EIGHT_OCTETS = 1;
    private static final int DELIMITED = 2;
    private static final int FOUR_OCTETS = 5;
    private static final int MAP_KEY = 1;
    private static final int MAP_VALUE = 2;

    private final byte[] octets;

    // Of the messages around the one that is read: what they are, where they go on and where they end.
    private final ProtoMessage[] messages = new ProtoMessage[MAX_DEPTH];
    private final int[] positions = new int[MAX_DEPTH];
    private final int[] ends = new int[MAX_DEPTH];
    private int depth;

    private ProtoMessage message;
    private int position;
    private int end;

    // The value that the reader stands at: a number, or octets from one place to another.
    private ProtoMessage.@Nullable Field field;
    private boolean delimited;
    private long number;
    private int from;
    private int to;

    /** An element of an array is to come. */
    private boolean element;

    /** The key of a map's entry that is to come with its value. */
    private @Nullable String key;

    /** A reader of {@code octets[offset..offset + length)}. */
    ProtoReader(ProtoMessage message, byte[] octets, int offset, int length) {
        this.message = message;
        this.octets = octets;
        this.position = offset;
        this.end = offset + length;
    }

    @Override
    public @Nullable String nextField() {
        if (key != null) {
            String name = key;
            key = null;
            return name;
        }
        while (position < end) {
            field = message.field(next());
            if (field != null) {
                return field.name();
            }
        }
        if (depth > 0) {
            depth--;
            message = messages[depth];
            position = positions[depth];
            end = ends[depth];
        }
        return null;
    }

    @Override
    public boolean enterObject() {
        if (field == null || !delimited || field.message() == null) {
            return false;
        }
        if (depth == MAX_DEPTH) {
            throw new MalformedBodyException("messages in messages in messages");
        }
        messages[depth] = message;
        positions[depth] = position;
        ends[depth] = end;
        depth++;
        message = field.message();
        position = from;
        end = to;
        if (message == ProtoMessage.MAP_ENTRY) {
            readEntry();
        }
        return true;
    }

    @Override
    public boolean enterArray() {
        element = field != null;
        return element;
    }

    @Override
    public boolean nextElement() {
        boolean next = element;
        element = false;
        return next;
    }

    @Override
    public String text() {
        if (!delimited) {
            return Long.toString(number);
        }
        boolean text = field != null && field.message() == null;
        return text ? new String(octets, from, to - from, StandardCharsets.UTF_8) : "";
    }

    @Override
    public boolean nilOrTrue() {
        return delimited || number != 0;
    }

    @Override
    public boolean isGiven() {
        // A message is there or not, whether it has fields or not.
        return field != null && (field.message() != null || !delimited || to > from);
    }

    @Override
    public int port() {
        return !delimited && number >= 0 && number <= 65535 ? (int) number : -1;
    }

    @Override
    public void skip() {}

    /** Where the value starts that the reader stands at. */
    int from() {
        return from;
    }

    /** Octets of the value that the reader stands at. */
    int length() {
        return to - from;
    }

    // Goes behind the next field, whose value is then known; returns its number.
    private long next() {
        long tag = varint();
        int wireType = (int) tag & 7;
        delimited = wireType == DELIMITED;
        switch (wireType) {
            case VARINT -> number = varint();
            case DELIMITED -> {
                long length = varint();
                from = position;
                skip(length);
                to = position;
            }
            case EIGHT_OCTETS -> skip(8);
            case FOUR_OCTETS -> skip(4);
            default -> throw new MalformedBodyException("unknown wire type " + wireType);
        }
        return tag >>> 3;
    }

    private void readEntry() {
        String name = "";
        int valueFrom = position;
        int valueTo = position;
        while (position < end) {
            long part = next();
            if (part == MAP_KEY && delimited) {
                name = new String(octets, from, to - from, StandardCharsets.UTF_8);
            } else if (part == MAP_VALUE && delimited) {
                valueFrom = from;
                valueTo = to;
            }
        }
        key = name;
        field = ProtoMessage.MAP_VALUE;
        delimited = true;
        from = valueFrom;
        to = valueTo;
    }

    private void skip(long length) {
        if (length < 0 || length > end - position) {
            throw new MalformedBodyException("a field goes beyond its message");
        }
        position += (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                break;
            }
            byte octet = octets[position++];
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new MalformedBodyException("a number without an end");
    }
}
