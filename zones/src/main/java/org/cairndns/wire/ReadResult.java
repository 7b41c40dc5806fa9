package org.cairndns.wire;

/** What {@link QueryReader} made of a packet. */
public sealed interface ReadResult permits Query, ReadResult.Rejected, ReadResult.Ignored {
    /**
     * A packet that gets an error response made of its header, with the question where it could be read.
     *
     * @param id the packet's id
     * @param flags the packet's flag word as received
     * @param rcode FORMERR or NOTIMP
     * @param question the question section's octets, empty if it was not read
     */
    record Rejected(int id, int flags, int rcode, byte[] question) implements ReadResult {}

    /** A packet that gets no response at all: too short for a header, or a response itself. */
    enum Ignored implements ReadResult {
        INSTANCE
    }
}
