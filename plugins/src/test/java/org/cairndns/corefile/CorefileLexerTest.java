package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CorefileLexerTest {

    record Words(String text, List<String> words) {
        static Words of(String text, String... words) {
            return new Words(text, List.of(words));
        }
    }

    static Stream<Words> words() {
        return Stream.of(
                Words.of(""),
                Words.of(" \t\r\n"),
                Words.of("a b\tc\nd", "a", "b", "c", "d"),
                Words.of("\uFEFFa", "a"),
                Words.of("a \uFEFFb", "a", "\uFEFFb"),
                // Unicode white space separates; a carriage return does not.
                Words.of("a\u00A0b\u2003c\u0085d\u2028e\u3000f", "a", "b", "c", "d", "e", "f"),
                Words.of("a\rb\r\nc", "ab", "c"),
                Words.of("a # b c\nd", "a", "d"),
                Words.of("#a\n#b", new String[0]),
                // A comment glued to a word ends with that word.
                Words.of("foo#bar baz\nqux#", "foo", "baz", "qux"),
                Words.of("\"a b\" c", "a b", "c"),
                Words.of("\"a\nb\"", "a\nb"),
                Words.of("\"\"", ""),
                Words.of("\"a\"b", "a", "b"),
                Words.of("\"a\"#b\nc", "a", "c"),
                Words.of("a\"b c\"d", "a\"b", "c\"d"),
                Words.of("\"a \\\" b\" \"\\d\\n\"", "a \" b", "\\d\\n"),
                Words.of("\"a\\\\\"", "a\\\\"),
                Words.of("\"a\rb\"", "a\rb"),
                Words.of("{ } {} {a}", "{", "}", "{}", "{a}"),
                Words.of("\"{\"", "{"),
                Words.of("😀 é", "😀", "é"),
                Words.of("a \"open\nb", "a", "open\nb"),
                Words.of("a \"", "a"),
                Words.of("\"a\\", "a"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void lex_text_words(Words row) {
        List<Lexeme> lexemes = CorefileLexer.lex(row.text(), "Corefile").lexemes();

        assertThat(lexemes).extracting(Lexeme::text).isEqualTo(row.words());
    }

    @Test
    void lex_words_positionsCountCodePointsFromOne() {
        List<Lexeme> lexemes =
                CorefileLexer.lex("\uFEFF😀 b\n\t\"c\nd\" e\r\nf", "x/Corefile").lexemes();

        assertThat(lexemes)
                .extracting(lexeme -> lexeme.position().toString())
                .containsExactly(
                        "x/Corefile:1:1", "x/Corefile:1:3", "x/Corefile:2:2", "x/Corefile:3:4", "x/Corefile:4:1");
    }

    @Test
    void lex_quotedWordAcrossLines_nextWordIsOnTheSameLine() {
        List<Lexeme> lexemes = CorefileLexer.lex("a \"b\nc\" d\ne", "Corefile").lexemes();

        assertThat(lexemes).extracting(Lexeme::startsLine).containsExactly(true, false, false, true);
    }

    @Test
    void lex_quoteLeftOpen_problemAtTheQuote() {
        assertThat(CorefileLexer.lex("a\nb \"c", "Corefile").openQuote())
                .get()
                .hasToString("Corefile:2:3: quote is never closed, expected '\"', got end of file");
    }
}
