package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    private final JsonText json = new JsonText();

    @Test
    void fields_areALineEach() {
        json.number("a", 7L)
                .number("b", 0.123456)
                .truth("c", true)
                .text("d", "e")
                .texts("f", List.of("g", "h"))
                .objects(
                        "i",
                        List.of(1L, 2L),
                        (item, object) -> object.number("j", item).text("k", "l"));

        assertThat(json.text()).isEqualTo("""
                {
                "a": 7,
                "b": 0.123,
                "c": true,
                "d": "e",
                "f": ["g", "h"],
                "i": [{"j": 1, "k": "l"}, {"j": 2, "k": "l"}]
                }
                """);
    }

    @Test
    void number_thatIsNone_isNull() {
        json.number("a", Double.NaN).number("b", Double.POSITIVE_INFINITY).numbers("c", List.of(1.0, Double.NaN));

        assertThat(json.text()).contains("\"a\": null", "\"b\": null", "\"c\": [1, null]");
    }

    @Test
    void text_hostile_staysText() {
        json.text("a", "\"\\\n\u2028</script>\ud800");

        assertThat(json.text()).contains("\"a\": \"\\\"\\\\\\u000a\\u2028\\u003c/script\\u003e\\ud800\"");
    }
}
