package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cairndns.kubernetes.FuzzedIndex;
import org.cairndns.kubernetes.ObjectKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/**
 * An octet for kind and encoding, one for the size of pieces, then any octets as a list of the API: malformed, or the same
 * objects whether they come at once or in pieces.
 */
public final class ListTarget {
    private static final JsonFactory JSON = new JsonFactory();

    private ListTarget() {}

    /** What came of a list. */
    private record Outcome(List<ReadObject> objects, String page) {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        ObjectKind kind = ObjectKind.values()[(input[0] & 0x7f) % ObjectKind.values().length];
        boolean binary = input[0] < 0;
        byte[] octets = Arrays.copyOfRange(input, 2, input.length);
        Outcome whole = read(kind, binary, octets, Math.max(1, octets.length));
        Outcome pieces = read(kind, binary, octets, 1 + (input[1] & 0xff));
        assertThat(pieces.page).isEqualTo(whole.page);
        assertThat(pieces.objects).isEqualTo(whole.objects);
        FuzzedIndex index = new FuzzedIndex();
        for (ReadObject object : whole.objects) {
            assertThat(object.meta().name()).isNotEmpty();
            object.projected().putTo(index.changes());
        }
        index.assertAnswers();
    }

    private static Outcome read(ObjectKind kind, boolean binary, byte[] octets, int piece) {
        List<ReadObject> objects = new ArrayList<>();
        ListBody.Sink sink = reader -> objects.add(Projection.of(kind).read(reader));
        ListBody body = binary ? new ProtoListBody(kind, sink) : new JsonListBody(JSON, sink);
        try {
            for (int at = 0; at < octets.length; at += piece) {
                body.feed(ByteBuffer.wrap(octets, at, Math.min(piece, octets.length - at)));
            }
            return new Outcome(objects, body.end().toString());
        } catch (MalformedBodyException | JacksonException e) {
            // Where it was found out may differ, and with it the words.
            return new Outcome(objects, "malformed");
        }
    }
}
