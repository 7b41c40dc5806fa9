package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCutterTest {
    private static final String TRICKY = "{\"a\":\"}\\\"]{\\\\\",\"b\":[{},[\"[\"]],\"c\":\"\\u007d\"}";
    private static final String LIST = " {\"kind\":\"items\",\"x\":{\"items\":[{\"no\":1}]},\"items\" :\n[ " + TRICKY
            + " ,\n{} ], \"metadata\":{\"continue\":\"\"}}\n";
    private static final String ENVELOPE =
            " {\"kind\":\"items\",\"x\":{\"items\":[{\"no\":1}]},\"items\" :\n[], \"metadata\":{\"continue\":\"\"}}\n";

    private final List<String> objects = new ArrayList<>();

    @Test
    void list_whole_itsElementsAndWhatSurroundsThem() {
        JsonCutter cutter = JsonCutter.list(this::object);
        feed(cutter, LIST);
        cutter.finish();
        assertThat(objects).containsExactly(TRICKY, "{}");
        assertThat(envelope(cutter)).isEqualTo(ENVELOPE);
    }

    @Test
    void list_splitAnywhere_theSame() {
        for (int split = 0; split <= LIST.length(); split++) {
            objects.clear();
            JsonCutter cutter = JsonCutter.list(this::object);
            feed(cutter, LIST.substring(0, split));
            feed(cutter, LIST.substring(split));
            cutter.finish();
            assertThat(objects).as("split at %d", split).containsExactly(TRICKY, "{}");
            assertThat(envelope(cutter)).isEqualTo(ENVELOPE);
        }
    }

    @Test
    void sequence_inRandomPieces_theSameObjects() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            objects.clear();
            JsonCutter cutter = JsonCutter.sequence(this::object);
            String text = (TRICKY + "\n" + "{}" + TRICKY + " ").repeat(3);
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(round % 40 + 1));
                feed(cutter, text.substring(from, to));
                from = to;
            }
            cutter.finish();
            assertThat(objects).containsExactly(TRICKY, "{}", TRICKY, TRICKY, "{}", TRICKY, TRICKY, "{}", TRICKY);
        }
    }

    @Test
    void object_longerThanAPiece_isWhole() {
        String text = "{\"a\":\"" + "x".repeat(100_000) + "\"}";
        JsonCutter cutter = JsonCutter.sequence(this::object);
        feed(cutter, text + text);
        assertThat(objects).containsExactly(text, text);
    }

    @Test
    void object_endless_isRefused() {
        JsonCutter cutter = JsonCutter.sequence(this::object);
        feed(cutter, "{\"a\":\"");
        String much = "x".repeat(1 << 20);
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= JsonCutter.MAX_OBJECT_OCTETS >> 20; i++) {
                        feed(cutter, much);
                    }
                })
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageContaining("more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "x", "}", "[1]", ",{}", "\"text\""})
    void sequence_ofSomethingElse_isRefused(String text) {
        JsonCutter cutter = JsonCutter.sequence(this::object);
        assertThatThrownBy(() -> feed(cutter, text)).isInstanceOf(MalformedBodyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>",
                "x",
                "}",
                "\"text\"",
                "{\"items\":[1]}",
                "{\"items\":[\"a\"]}",
                "{}{\"items\":}}",
                "{} x"
            })
    void list_ofSomethingElse_isRefused(String text) {
        JsonCutter cutter = JsonCutter.list(this::object);
        assertThatThrownBy(() -> feed(cutter, text)).isInstanceOf(MalformedBodyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"items\":[{}", "{\"items\":[]", "{\"a\":\"}"})
    void list_cutOff_isRefusedAtItsEnd(String text) {
        JsonCutter cutter = JsonCutter.list(this::object);
        feed(cutter, text);
        assertThatThrownBy(cutter::finish).isInstanceOf(MalformedBodyException.class);
    }

    @Test
    void list_itemsNull_isEmpty() {
        JsonCutter cutter = JsonCutter.list(this::object);
        feed(cutter, "{\"items\":null,\"metadata\":{}}");
        cutter.finish();
        assertThat(objects).isEmpty();
    }

    private void object(byte[] octets, int offset, int length) {
        objects.add(new String(octets, offset, length, StandardCharsets.UTF_8));
    }

    private static void feed(JsonCutter cutter, String text) {
        cutter.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    }

    private static String envelope(JsonCutter cutter) {
        return new String(cutter.envelope().octets(), 0, cutter.envelope().length(), StandardCharsets.UTF_8);
    }
}
