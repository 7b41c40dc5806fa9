package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Absolute domain name in wire form: labels, each one length octet and 1..63 octets, ending in the root's 0.
 *
 * <p>At most 255 octets (RFC 1035 3.1). Letter case is kept; comparison ignores ASCII case (RFC 4343). Immutable, any
 * thread.
 */
public final class DomainName implements Comparable<DomainName> {
    /** Longest name in octets, the root's octet included. */
    public static final int MAX_OCTETS = 255;

    /** Longest label in octets. */
    public static final int MAX_LABEL_OCTETS = 63;

    /** The root, {@code .}. */
    public static final DomainName ROOT = new DomainName(new byte[1]);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] octets;

    /** The same octets in lower case; the same array where there was no upper case. */
    private final byte[] lower;

    private final int hash;

    private DomainName(byte[] octets) {
        this.octets = octets;
        this.lower = lowerCaseOf(octets);
        this.hash = Arrays.hashCode(lower);
    }

    /**
     * A name from text, absolute with or without its trailing dot; {@code \.} and {@code \DDD} escape (RFC 1035 5.1).
     *
     * @throws IllegalArgumentException for an empty label, a label over 63 or a name over 255 octets, a bad escape
     */
    public static DomainName of(String text) {
        return text.equals(".") ? ROOT : new DomainName(NameText.toWire(text));
    }

    /**
     * A name from uncompressed, already checked wire octets, which are taken over and must not change afterwards.
     */
    static DomainName ofOwned(byte[] octets) {
        return new DomainName(octets);
    }

    /**
     * The uncompressed name in wire form that starts at a position; the octets are copied.
     *
     * @throws IllegalArgumentException for a label over 63 or a name over 255 octets, or one that does not end
     */
    public static DomainName read(byte[] octets, int position) {
        int at = position;
        while (at < octets.length && octets[at] != 0) {
            if ((octets[at] & 0xff) > MAX_LABEL_OCTETS) {
                throw new IllegalArgumentException("label of over 63 octets, or a pointer, at octet " + at);
            }
            at += octets[at] + 1;
        }
        if (at >= octets.length || at + 1 - position > MAX_OCTETS) {
            throw new IllegalArgumentException("name over 255 octets, or without end, at octet " + position);
        }
        return new DomainName(Arrays.copyOfRange(octets, position, at + 1));
    }

    /**
     * A name made of a label in front of another name.
     *
     * @param label the label's octets as Latin-1 text, 1..63 octets; dots in it are ordinary octets
     * @throws IllegalArgumentException if the label or the whole name is too long
     */
    public static DomainName prepend(String label, DomainName suffix) {
        int length = label.length();
        if (length == 0 || length > MAX_LABEL_OCTETS || length + 1 + suffix.octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException("label of " + length + " octets in front of " + suffix);
        }
        byte[] octets = new byte[length + 1 + suffix.octets.length];
        octets[0] = (byte) length;
        for (int i = 0; i < length; i++) {
            octets[i + 1] = (byte) label.charAt(i);
        }
        System.arraycopy(suffix.octets, 0, octets, length + 1, suffix.octets.length);
        return new DomainName(octets);
    }

    /** Wire length in octets, 1..255. */
    public int length() {
        return octets.length;
    }

    /** Octet at a position of the wire form, in the case as received. */
    public byte octet(int position) {
        return octets[position];
    }

    /** True if a buffer has these octets, letter case included, from an index on; it must be long enough. */
    boolean isAt(ByteBuf in, int index) {
        boolean same = true;
        int i = 0;
        for (; same && i + Long.BYTES <= octets.length; i += Long.BYTES) {
            same = in.getLong(index + i) == (long) LONGS.get(octets, i);
        }
        for (; same && i < octets.length; i++) {
            same = in.getByte(index + i) == octets[i];
        }
        return same;
    }

    /** True if there is a letter in upper case. */
    public boolean hasUpperCase() {
        return !Arrays.equals(octets, lower);
    }

    /** Octet at a position of the wire form, in lower case. */
    public byte lowerOctet(int position) {
        return lower[position];
    }

    /** Number of labels without the root. */
    public int labelCount() {
        int count = 0;
        for (int at = 0; octets[at] != 0; at += octets[at] + 1) {
            count++;
        }
        return count;
    }

    /** True if this name equals {@code zone} or lies below it. */
    public boolean isAtOrBelow(DomainName zone) {
        return prefixOctets(zone) >= 0;
    }

    /**
     * Octets in front of {@code zone}, 0 when the names are equal, -1 when this name is not at or below it.
     */
    public int prefixOctets(DomainName zone) {
        int start = lower.length - zone.lower.length;
        if (start < 0 || !Arrays.equals(lower, start, lower.length, zone.lower, 0, zone.lower.length)) {
            return -1;
        }
        int at = 0;
        while (at < start) {
            at += lower[at] + 1;
        }
        return at == start ? start : -1;
    }

    /**
     * The name's first {@code count} octets, which end at a label boundary, in front of another name.
     *
     * @throws IllegalArgumentException if that is over 255 octets
     */
    public DomainName withSuffix(int count, DomainName suffix) {
        if (count == 0) {
            return suffix;
        }
        if (count + suffix.octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException(this + " with " + suffix + " at its end is over 255 octets");
        }
        byte[] joined = Arrays.copyOf(octets, count + suffix.octets.length);
        System.arraycopy(suffix.octets, 0, joined, count, suffix.octets.length);
        return new DomainName(joined);
    }

    /** The name that starts at a label boundary of this one; position 0 is the name itself. */
    public DomainName suffixAt(int position) {
        return position == 0 ? this : new DomainName(Arrays.copyOfRange(octets, position, octets.length));
    }

    /** The name without its first label; the root's parent is the root. */
    public DomainName parent() {
        return octets[0] == 0 ? this : suffixAt(octets[0] + 1);
    }

    /** This name with its letters in lower case. */
    @SuppressWarnings("ReferenceEquality") // one array stands for both where there is no upper case
    public DomainName toLowerCase() {
        return lower == octets ? this : new DomainName(lower);
    }

    /** True if {@code length} octets at {@code position} equal those of {@code label}, which is in lower case. */
    public boolean regionEquals(int position, int length, byte[] label) {
        return label.length == length && Arrays.equals(lower, position, position + length, label, 0, length);
    }

    /** Text of the label whose length octet is at {@code position}, lower case, octets as Latin-1. */
    public String lowerLabelAt(int position) {
        return new String(lower, position + 1, lower[position], StandardCharsets.ISO_8859_1);
    }

    /** Appends the wire form in the case as received. */
    public void writeTo(ByteBuf out) {
        out.writeBytes(octets);
    }

    /** Copies the wire form, case as received, to {@code target} at {@code position}. */
    public void copyTo(byte[] target, int position) {
        System.arraycopy(octets, 0, target, position, octets.length);
    }

    /** A copy of the wire form in the case as received. */
    public byte[] toOctets() {
        return octets.clone();
    }

    /** Order of the lower-case octets; only there so that hash tables stay fast when hashes collide. */
    @Override
    public int compareTo(DomainName other) {
        return Arrays.compareUnsigned(lower, other.lower);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainName name && name.hash == hash && Arrays.equals(lower, name.lower);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Presentation format with the trailing dot, special octets escaped. */
    @Override
    public String toString() {
        return NameText.toText(octets);
    }

    private static byte[] lowerCaseOf(byte[] octets) {
        // Length octets are at most 63 and so never look like a letter.
        for (int i = 0; i < octets.length; i++) {
            if (isUpper(octets[i])) {
                return lowerCaseFrom(octets, i);
            }
        }
        return octets;
    }

    private static byte[] lowerCaseFrom(byte[] octets, int first) {
        byte[] lower = octets.clone();
        for (int i = first; i < lower.length; i++) {
            if (isUpper(lower[i])) {
                lower[i] |= 0x20;
            }
        }
        return lower;
    }

    private static boolean isUpper(byte octet) {
        return octet >= 'A' && octet <= 'Z';
    }
}
