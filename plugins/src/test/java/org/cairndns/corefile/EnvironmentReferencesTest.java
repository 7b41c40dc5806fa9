package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentReferencesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "A",
            "alpha",
            "B",
            "<{$A}>",
            "W",
            "{%A%}",
            "LOOP",
            "{$LOOP}",
            "GROW",
            "{$GROW}{$GROW}x",
            "BIG",
            "y".repeat(2_000));
    private final Problems problems = new Problems(warning -> {});

    private String substitute(String text) {
        Token token = new Token(text, new Position("Corefile", 3, 7));
        return new EnvironmentReferences(ENVIRONMENT, problems)
                .substitute(token)
                .text();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            plain,          plain
            {$A},           alpha
            {%A%},          alpha
            x{$A}y{$A}z,    xalphayalphaz
            {$A}{%A%},      alphaalpha
            {$UNSET},       ''
            a{$UNSET}b,     ab
            {$B},           <alpha>
            {$W},           {%A%}
            {$},            {$}
            {$A}{$},        alpha{$}
            {$}{$A},        {$}{$A}
            {%%},           {%%}
            {%},            {%}
            {$A,            {$A
            $A,             $A
            {A},            {A}
            """)
    void substitute_reference_value(String text, String expected) {
        assertThat(substitute(text)).isEqualTo(expected);
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"{$LOOP}", "{$GROW}"})
    void substitute_valueThatRefersToItself_problem(String text) {
        assertThat(substitute(text)).isEqualTo(text);
        assertThat(problems.list())
                .singleElement()
                .hasToString("Corefile:3:7: endless environment reference, "
                        + "expected a value without a reference to itself, got '" + text + "'");
    }

    @Test
    void substitute_hugeResult_problem() {
        substitute("{$BIG}".repeat(1_000));

        assertThat(problems.list()).hasSize(1);
    }
}
