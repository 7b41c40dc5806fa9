package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cairndns.kubernetes.ObjectKind;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;

/** Events of a watch on EndpointSlices that a Kubernetes API server 1.33 wrote in both encodings. */
class WatchBodyTest {
    private final List<WatchEvent> events = new ArrayList<>();
    private final WatchBody binary = new WatchBody.Proto(
            ProtoMessage.of(ObjectKind.ENDPOINT_SLICE), Projection.of(ObjectKind.ENDPOINT_SLICE), events::add);

    @Test
    void watch_inBothEncodings_hasTheSameEvents() {
        List<WatchEvent> json = new ArrayList<>();
        WatchBody text = new WatchBody.Json(new JsonFactory(), Projection.of(ObjectKind.ENDPOINT_SLICE), json::add);
        text.feed(ByteBuffer.wrap(ListBodyTest.octets("watch.json")));
        text.finish();
        binary.feed(ByteBuffer.wrap(ListBodyTest.octets("watch.pb")));
        binary.finish();

        assertThat(json).hasSize(9).hasAtLeastOneElementOfType(WatchEvent.Changed.class);
        assertThat(json).hasAtLeastOneElementOfType(WatchEvent.Deleted.class);
        assertThat(json).hasAtLeastOneElementOfType(WatchEvent.Bookmark.class);
        assertThat(events).isEqualTo(json);
    }

    @Test
    void binaryWatch_inPiecesOfAnySize_hasAllEvents() {
        Random random = ListBodyTest.random();
        byte[] octets = ListBodyTest.octets("watch.pb");
        for (int run = 0; run < 200; run++) {
            events.clear();
            int max = 1 + random.nextInt(300);
            for (int at = 0; at < octets.length; ) {
                int length = Math.min(octets.length - at, 1 + random.nextInt(max));
                binary.feed(ByteBuffer.wrap(octets, at, length));
                at += length;
            }
            binary.finish();
            assertThat(events).hasSize(9);
        }
    }

    @Test
    void binaryWatch_cutOff_isMalformed() {
        byte[] octets = ListBodyTest.octets("watch.pb");
        binary.feed(ByteBuffer.wrap(octets, 0, octets.length - 1));

        assertThatThrownBy(binary::finish).isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void binaryWatch_withOctetsChanged_isReadOrMalformed() {
        Random random = ListBodyTest.random();
        int malformed = 0;
        for (int run = 0; run < 10_000; run++) {
            byte[] octets = ListBodyTest.octets("watch.pb");
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            WatchBody watch = new WatchBody.Proto(
                    ProtoMessage.of(ObjectKind.ENDPOINT_SLICE), Projection.of(ObjectKind.ENDPOINT_SLICE), events::add);
            try {
                watch.feed(ByteBuffer.wrap(octets));
                watch.finish();
            } catch (MalformedBodyException e) {
                malformed++;
            }
        }
        assertThat(malformed).isBetween(1, 9_999);
    }

    @Test
    void error_inABinaryWatch_hasTheCodeAndTheWords() {
        byte[] status = ListBodyTest.octets("status.pb");
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        field(event, 1, "ERROR".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        field(object, 1, status);
        field(event, 2, object.toByteArray());
        binary.feed(ByteBuffer.allocate(4).putInt(event.size()).flip());
        binary.feed(ByteBuffer.wrap(event.toByteArray()));

        assertThat(events).singleElement().isInstanceOfSatisfying(WatchEvent.Failed.class, failed -> {
            assertThat(failed.status().code()).isEqualTo(400);
            assertThat(failed.status().message()).startsWith("invalid continue token");
        });
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        out.write(number << 3 | 2);
        if (value.length > 127) {
            out.write(value.length & 127 | 128);
            out.write(value.length >> 7);
        } else {
            out.write(value.length);
        }
        out.writeBytes(value);
    }
}
