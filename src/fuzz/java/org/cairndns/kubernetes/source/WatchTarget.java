package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cairndns.kubernetes.ObjectKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/**
 * An octet for kind and encoding, one for the size of pieces, then any octets as a watch of the API: malformed, or the same
 * events whether they come at once or in pieces.
 */
public final class WatchTarget {
    private static final JsonFactory JSON = new JsonFactory();

    private WatchTarget() {}

    /** What came of a watch. */
    private record Outcome(List<WatchEvent> events, String end) {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ObjectKind kind = ObjectKind.values()[(input[0] & 0x7f) % ObjectKind.values().length];
        boolean binary = input[0] < 0;
        byte[] octets = Arrays.copyOfRange(input, 2, input.length);
        Outcome whole = read(kind, binary, octets, Math.max(1, octets.length));
        Outcome pieces = read(kind, binary, octets, 1 + (input[1] & 0xff));
        assertThat(pieces).isEqualTo(whole);
    }

    private static Outcome read(ObjectKind kind, boolean binary, byte[] octets, int piece) {
        List<WatchEvent> events = new ArrayList<>();
        Projection projection = Projection.of(kind);
        WatchBody body = binary
                ? new WatchBody.Proto(ProtoMessage.of(kind), projection, events::add)
                : new WatchBody.Json(JSON, projection, events::add);
        try {
            for (int at = 0; at < octets.length; at += piece) {
                body.feed(ByteBuffer.wrap(octets, at, Math.min(piece, octets.length - at)));
            }
            body.finish();
            return new Outcome(events, "whole");
        } catch (MalformedBodyException | JacksonException e) {
            return new Outcome(events, "malformed");
        }
    }
}
