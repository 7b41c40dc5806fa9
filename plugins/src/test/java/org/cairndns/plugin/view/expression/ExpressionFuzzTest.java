package org.cairndns.plugin.view.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;

/** Any text is an expression or has a fault with a place in it; any expression has a verdict. */
class ExpressionFuzzTest {
    private static final int ROUNDS = 100_000;
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 53);
    private static final Query QUERY = Query.of(
            DomainName.of("a.example."), RecordType.A, ADDRESS, new ListenerInfo(Transport.UDP, "dns://:53", ADDRESS));

    private static final Map<String, Function> FUNCTIONS = Map.of(
            "text", call -> Node.varying(ValueType.Simple.STRING, frame -> "text"),
            "number", call -> Node.varying(ValueType.Simple.INT, frame -> 7L),
            "thing", call -> Node.varying(ValueType.Simple.ANY, frame -> List.of(1L, "a")));

    private static final List<String> PIECES = List.of(
            "true",
            "false",
            "nil",
            "1",
            "0",
            "2.5",
            "0x1f",
            "1e9",
            "9223372036854775807",
            "'a'",
            "\"b\\n\"",
            "`c`",
            "text()",
            "number()",
            "thing()",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            ",",
            "?",
            ":",
            "??",
            "|",
            ".",
            "..",
            "#",
            "==",
            "!=",
            "<",
            "<=",
            "in",
            "not",
            "and",
            "or",
            "!",
            "-",
            "+",
            "*",
            "/",
            "%",
            "**",
            "^",
            "matches",
            "contains",
            "startsWith",
            "any(",
            "all(",
            "filter(",
            "map(",
            "count(",
            "find(",
            "len(",
            "split(",
            "trim(",
            "repeat(",
            "replace(",
            "max(",
            "int(",
            "bitshl(",
            "join(",
            "first(",
            "[1, 2]",
            "['a', 1]",
            "1..9",
            "[1:]",
            "[-1]",
            "'",
            "\\",
            "let",
            "if",
            "\u00e4",
            "@",
            "/*",
            "//");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void compile_anyText_isAnExpressionOrAFaultInTheText() {
        int expressions = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String text = random.nextInt(8) == 0 ? characters() : pieces();
            try {
                Expression expression = Expression.compile(text, FUNCTIONS);
                expression.test(QUERY);
                expressions++;
            } catch (ExpressionException e) {
                assertThat(e.offset()).as(about(text)).isBetween(0, text.length());
                assertThat(e.getMessage()).as(about(text)).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(about(text), e);
            }
        }
        assertThat(expressions).as("expressions found with seed " + seed).isGreaterThan(ROUNDS / 50);
    }

    @Test
    void compile_changedExpressions_areExpressionsOrFaults() {
        List<String> good = List.of(
                "text() in ['a', 'b'] and not (number() % 3 == 1) or any([1, 2], {# > number()})",
                "(number() > 5 ? text() : 'b') matches '^t.*' and len(split(text(), 't')[1:]) <= 3",
                "thing()[0] + 1 == 2 ?? false",
                "map(1..number(), # * 2) | filter(# % 4 == 0) | len() > 1");
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(good.get(random.nextInt(good.size())));
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                    default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
                }
            }
            try {
                Expression.compile(text.toString(), FUNCTIONS).test(QUERY);
            } catch (ExpressionException e) {
                assertThat(e.offset()).as(about(text.toString())).isBetween(0, text.length());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(about(text.toString()), e);
            }
        }
    }

    private String about(String text) {
        return "seed " + seed + ": " + text;
    }

    private String pieces() {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(10); n >= 0; n--) {
            text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    private String characters() {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(12); n >= 0; n--) {
            text.appendCodePoint(random.nextInt(10) == 0 ? random.nextInt(0x10ffff) : random.nextInt(0x7f));
        }
        return text.toString();
    }
}
