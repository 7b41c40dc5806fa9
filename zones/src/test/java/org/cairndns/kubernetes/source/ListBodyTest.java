package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.cairndns.kubernetes.ObjectKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonFactory;

/** Lists that a Kubernetes API server 1.33 wrote in both encodings. */
class ListBodyTest {
    @ParameterizedTest
    @CsvSource({"SERVICE,services,5", "ENDPOINT_SLICE,endpointslices,6", "NAMESPACE,namespaces,5", "POD,pods,3"})
    void list_inBothEncodings_hasTheSameObjects(ObjectKind kind, String file, int count) {
        List<ReadObject> json = new ArrayList<>();
        ListBody text = new JsonListBody(
                new JsonFactory(), reader -> json.add(Projection.of(kind).read(reader)));
        text.feed(ByteBuffer.wrap(octets(file + ".json")));
        List<ReadObject> binary = new ArrayList<>();
        ListPage page = read(kind, octets(file + ".pb"), binary, Integer.MAX_VALUE, new Random(1));

        assertThat(json).hasSize(count);
        assertThat(binary).isEqualTo(json);
        assertThat(page).isEqualTo(text.end());
        assertThat(page.continueToken()).isEmpty();
    }

    @Test
    void page_ofABinaryList_saysHowToGoOn() {
        List<ReadObject> objects = new ArrayList<>();
        ListPage page = read(ObjectKind.SERVICE, octets("services-page.pb"), objects, Integer.MAX_VALUE, new Random(1));

        assertThat(objects).hasSize(2);
        assertThat(page.resourceVersion()).matches("[0-9]+");
        assertThat(page.continueToken()).startsWith("eyJ");
    }

    @Test
    void binaryList_inPiecesOfAnySize_hasAllObjects() {
        Random random = random();
        byte[] octets = octets("endpointslices.pb");
        List<ReadObject> whole = new ArrayList<>();
        read(ObjectKind.ENDPOINT_SLICE, octets, whole, Integer.MAX_VALUE, random);
        for (int run = 0; run < 200; run++) {
            List<ReadObject> pieces = new ArrayList<>();
            read(ObjectKind.ENDPOINT_SLICE, octets, pieces, 1 + random.nextInt(300), random);
            assertThat(pieces).isEqualTo(whole);
        }
    }

    @Test
    void binaryList_cutOffAnywhere_isMalformed() {
        byte[] octets = octets("services.pb");
        for (int length = 0; length < octets.length; length++) {
            byte[] part = Arrays.copyOf(octets, length);
            // Behind the list there are two fields of no concern, without which it is whole.
            if (length != octets.length - 2 && length != octets.length - 4) {
                assertThatThrownBy(() ->
                                read(ObjectKind.SERVICE, part, new ArrayList<>(), Integer.MAX_VALUE, new Random(1)))
                        .as("%d octets", length)
                        .isInstanceOf(MalformedBodyException.class);
            }
        }
    }

    @Test
    void binaryList_withOctetsChanged_isReadOrMalformed() {
        Random random = random();
        int read = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] octets = octets(run % 2 == 0 ? "services.pb" : "endpointslices.pb");
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            ObjectKind kind = run % 2 == 0 ? ObjectKind.SERVICE : ObjectKind.ENDPOINT_SLICE;
            try {
                read(kind, octets, new ArrayList<>(), 1 + random.nextInt(4000), random);
                read++;
            } catch (MalformedBodyException e) {
                assertThat(e).message().isNotBlank();
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void refusal_inBinary_hasItsMessage() {
        OctetBuffer body = new OctetBuffer(1 << 16);
        byte[] octets = octets("status.pb");
        body.append(octets, 0, octets.length);

        assertThat(ApiStatus.messageIn(new JsonFactory(), body)).startsWith("invalid continue token: continue key");
    }

    private static ListPage read(ObjectKind kind, byte[] octets, List<ReadObject> into, int maxPiece, Random random) {
        ListBody body =
                new ProtoListBody(kind, reader -> into.add(Projection.of(kind).read(reader)));
        for (int at = 0; at < octets.length; ) {
            int length = Math.min(
                    octets.length - at, maxPiece == Integer.MAX_VALUE ? maxPiece : 1 + random.nextInt(maxPiece));
            body.feed(ByteBuffer.wrap(octets, at, length));
            at += length;
        }
        return body.end();
    }

    static Random random() {
        long seed = System.nanoTime();
        System.out.println("ListBodyTest: seed " + seed);
        return new Random(seed);
    }

    static byte[] octets(String file) {
        try (InputStream in = Objects.requireNonNull(ListBodyTest.class.getResourceAsStream("lists/" + file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
