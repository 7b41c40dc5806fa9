package org.cairndns.wire;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Any octets as the response of an upstream: rejected, or read as dnsjava reads them and written to clients of every kind.
 *
 * <p>The id is set right, and the question is taken for that of the query: to guess them is not what is to be found out.
 */
public final class ResponseTarget {
    private static final byte[] ROOT = {0};

    private ResponseTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        byte[] octets = input.clone();
        if (octets.length >= 2) {
            octets[0] = (byte) (ResponseAgreement.ID >> 8);
            octets[1] = (byte) ResponseAgreement.ID;
        }
        byte[] qname = qname(octets);
        int type = 12 + qname.length;
        int qtype = octets.length >= type + 2 ? (octets[type] & 0xff) << 8 | octets[type + 1] & 0xff : RecordType.A;
        ResponseAgreement.check(octets, qname, qtype, new SplittableRandom(Arrays.hashCode(input)));
    }

    /** The uncompressed name in the question, or the root. */
    static byte[] qname(byte[] message) {
        try {
            return message.length > 12 ? DomainName.read(message, 12).toOctets() : ROOT;
        } catch (IllegalArgumentException e) {
            return ROOT;
        }
    }
}
