package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Two octets of a type, then any octets as its RDATA and as the text of it: equal there and back. */
public final class RdataTarget {
    private RdataTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) {
        if (octets.length < 2) {
            return;
        }
        int type = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
        byte[] rdata = Arrays.copyOfRange(octets, 2, octets.length);
        wire(type, rdata);
        try {
            byte[] read = Rdata.fromText(type, new String(rdata, StandardCharsets.ISO_8859_1));
            wire(type, read);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void wire(int type, byte[] rdata) {
        String text = Rdata.toText(type, rdata);
        assertThat(text).doesNotContain("\n");
        if (text.startsWith("\\#")) {
            assertThat(text).startsWith("\\# " + rdata.length);
        } else {
            assertThat(Rdata.fromText(type, text)).as(text).isEqualTo(rdata);
        }
    }
}
