package org.cairndns.wire;

/** The character-string of RDATA: a length octet and up to 255 octets (RFC 1035 3.3). */
public final class CharacterString {
    /** Most octets behind the length octet. */
    public static final int MAX_OCTETS = 255;

    private CharacterString() {}

    /**
     * The wire form of one character-string.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_OCTETS} octets
     */
    public static byte[] of(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException("character-string of " + octets.length + " octets, at most 255 fit");
        }
        byte[] wire = new byte[octets.length + 1];
        wire[0] = (byte) octets.length;
        System.arraycopy(octets, 0, wire, 1, octets.length);
        return wire;
    }
}
