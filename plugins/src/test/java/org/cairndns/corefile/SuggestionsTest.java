package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SuggestionsTest {
    private static final List<String> DIRECTIVES = List.of(
            "errors",
            "log",
            "health",
            "ready",
            "kubernetes",
            "prometheus",
            "forward",
            "cache",
            "loop",
            "reload",
            "loadbalance",
            "hosts",
            "acl",
            "bind");

    @ParameterizedTest
    @CsvSource({
        "foward, forward",
        "forwards, forward",
        "fowrard, forward",
        "Forward, forward",
        "kubernets, kubernetes",
        "prometeus, prometheus",
        "loadbalancer, loadbalance",
        "host, hosts",
        "lop, log",
        "chace, cache",
        "relaod, reload"
    })
    void closest_mistyped_nearestWord(String word, String expected) {
        assertThat(Suggestions.closest(word, DIRECTIVES)).contains(expected);
        assertThat(Suggestions.hint(word, DIRECTIVES)).isEqualTo(", did you mean '" + expected + "'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "proxy",
                "federation",
                "etcd",
                "whoami",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void closest_farFromAll_nothing(String word) {
        assertThat(Suggestions.closest(word, DIRECTIVES)).isEmpty();
        assertThat(Suggestions.hint(word, DIRECTIVES)).isEmpty();
    }
}
