package org.cairndns.wire;

/**
 * EDNS part of a query (RFC 6891 6.1).
 *
 * @param present false if the query had no OPT record; the other components are then zero
 * @param udpPayloadSize largest UDP message in octets that the requestor takes, as sent, 0..65535
 * @param version EDNS version, 0..255; only 0 is answered
 * @param flags the 16 flag bits, DO being {@link #DNSSEC_OK}
 * @param options the options as sent: code, length, value, repeated; not to be changed
 */
public record Edns(boolean present, int udpPayloadSize, int version, int flags, byte[] options) {
    /** DO bit of {@link #flags} (RFC 3225). */
    public static final int DNSSEC_OK = 0x8000;

    /** No options. */
    public static final byte[] NO_OPTIONS = new byte[0];

    /** A query without EDNS. */
    public static final Edns NONE = new Edns(false, 0, 0, 0, NO_OPTIONS);

    /** True if the client asked for DNSSEC records. */
    public boolean dnssecOk() {
        return (flags & DNSSEC_OK) != 0;
    }
}
