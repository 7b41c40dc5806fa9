package org.cairndns.plugin.view.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    /** Message and place of faults; the place counts characters from 0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            1 +                 | 3  | expected a value, got the end
            (1                  | 2  | expected ')', got the end
            1 2                 | 2  | expected an operator, got '2'
            [1, 2               | 5  | expected ',', got the end
            nosuch()            | 0  | unknown function 'nosuch'
            lowr('a')           | 0  | unknown function 'lowr', did you mean 'lower'?
            now()               | 0  | function 'now' of expr-lang is not supported
            sum([1])            | 0  | function 'sum' of expr-lang is not supported
            who                 | 0  | unknown name 'who'
            lower               | 0  | 'lower' is a function, write 'lower()'
            1 == 'a'            | 2  | '==' does not take int and string
            1 + [2]             | 2  | '+' does not take int and []int
            not 1               | 0  | 'not' does not take int
            'a' in [1]          | 4  | no string is in a list of int
            'a' matches '('     | 4  | expected a regular expression in RE2 syntax, got '(' (missing closing ))
            lower(1)            | 0  | lower(): expected string as argument 1, got int
            lower()             | 0  | lower(): expected 1 arguments, got 0
            trim()              | 0  | trim(): expected 1 to 2 arguments, got 0
            max()               | 0  | max(): expected at least 1 arguments, got 0
            any([1], 2)         | 0  | any(): expected a predicate of type bool, got int
            any(1, true)        | 0  | any(): expected a list as argument 1, got int
            1 ? 2 : 3           | 2  | condition of '?' is of type int, expected bool
            'a'[0]              | 3  | '[...]' does not take string, expected a list
            1 % 0               | 2  | division by zero
            1 = 1               | 2  | expected an operator, got '=', write '==' to compare
            true & true         | 5  | unexpected '&', write '&&'
            let x = 1; x        | 0  | expr-lang's variables ('let'): not supported
            if true {1}         | 0  | expr-lang's 'if'; write CONDITION ? VALUE : VALUE: not supported
            1; 2                | 1  | expr-lang's several expressions in one; write several lines 'expr': not supported
            {a: 1}              | 0  | expr-lang's maps: not supported
            'a'.b               | 3  | expr-lang's fields of maps: not supported
            b'ab'               | 0  | strings of octets, b'...', are not supported
            map([1], #index)    | 9  | '#index' of expr-lang is not supported
            nil ?? 1 == 1       | 9  | '??' next to '==', expected parentheses around one
            """)
    void compile_fault_isNamedWithItsPlace(String text, int offset, String message) {
        assertThatThrownBy(() -> Expression.compile(text, Map.of()))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessage(message);
    }

    @Test
    void compile_empty_isAFault() {
        assertThatThrownBy(() -> Expression.compile(" ", Map.of())).hasMessage("expected an expression, got nothing");
    }

    @ParameterizedTest
    @CsvSource({"(, 1, )", "[, 1, ]", "'-', 1, ''", "'not ', true, ''", "'true ? ', true, ' : true'", "'2 ** ', 2, ''"})
    void compile_deepNesting_isAFaultAndNoOverflow(String open, String middle, String close) {
        String deep = open.repeat(5_000) + middle + close.repeat(5_000);

        assertThatThrownBy(() -> Expression.compile(deep, Map.of()))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void compile_longChains_areBoundedUnlessTheyAreConditions() throws ExpressionException {
        Map<String, Function> functions = Map.of("yes", call -> Node.varying(ValueType.Simple.BOOL, frame -> true));

        assertThat(Expression.compile("yes()" + " and yes()".repeat(2_000), functions)
                        .evaluation())
                .isInstanceOf(Junction.class);
        assertThatThrownBy(() -> Expression.compile("1" + " + int('1')".repeat(3_000), functions))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("more than 10000 words");
        assertThatThrownBy(() -> Expression.compile(
                        "n()" + " + n()".repeat(500),
                        Map.of("n", call -> Node.varying(ValueType.Simple.INT, frame -> 1L))))
                .hasMessageContaining("more than 400 operations in a row");
    }

    @Test
    void compile_constants_areEvaluatedOnce() throws ExpressionException {
        Expression expression = Expression.compile("len(split('a.b', '.')) + 2 ** 3 == 10 and 'a' in ['a']", Map.of());

        assertThat(expression.type()).isEqualTo(ValueType.Simple.BOOL);
        assertThat(expression.evaluation().of(Frame.ofConstants())).isEqualTo(true);
    }
}
