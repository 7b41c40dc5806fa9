package org.cairndns.plugin.template.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {
    private static final Method META = args -> "meta:" + args.getFirst();
    private static final Map<String, Object> DATA = Map.of(
            "Name",
            "a.example.",
            "Match",
            List.of("whole", "b", ""),
            "Group",
            Map.of("a", "10", "b", "ff"),
            "Question",
            Map.of("Qtype", 28L),
            "Meta",
            META);

    /** Expected texts are those of Go 1.24's text/template for the same data. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            value = {
                "plain => plain",
                "x{{ .Name }}y => xa.example.y",
                "{{.Group.a}}.{{ index .Group \"b\" }} => 10.ff",
                "{{ index .Match 1 }}{{ index .Match 2 }} => b",
                "{{ .Group.none }} => <no value>",
                "[{{ index .Group \"none\" }}] => []",
                "{{ parseInt .Group.b 16 8 }} => 255",
                "{{ .Group.b | printf \"%s-%s\" \"a\" }} => a-ff",
                "{{ parseInt \"0x1f\" 0 64 }} {{ parseInt \"017\" 0 64 }} {{ parseInt \"0b11\" 0 8 }} => 31 15 3",
                "{{ .Meta \"x/y\" }} => meta:x/y",
                "{{ \"x/y\" | .Meta }} => meta:x/y",
                "a {{- .Name -}} b => aa.example.b",
                "a{{/* said */}}b {{- /* said */ -}} c => abc",
                "{{ if eq .Name \"a.example.\" }}yes{{ else }}no{{ end }} => yes",
                "{{ if eq .Name \"b\" \"c\" }}yes{{ else if gt .Question.Qtype 1 }}other{{ else }}no{{ end }} => other",
                "{{ if and .Name (not .Group.none) }}1{{ end }}{{ if or false 0 }}2{{ end }} => 1",
                "{{ with .Group }}{{ .a }}{{ $.Name }}{{ end }} => 10a.example.",
                "{{ with index .Match 2 }}x{{ else }}empty{{ end }} => empty",
                "{{ with $x := .Group.a }}{{ $x }}{{ . }}{{ end }} => 1010",
                "{{ range $i, $m := .Match }}{{ if $i }}{{ $i }}={{ $m }};{{ end }}{{ end }} => 1=b;2=;",
                "{{ range $k, $v := .Group }}{{ $k }}{{ $v }}{{ end }} => a10bff",
                "{{ range .Group.none }}x{{ else }}none{{ end }} => none",
                "{{ range 5 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }} => 02",
                "{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ end }}{{ $x }} => 2",
                "{{ len .Match }}{{ len .Name }}{{ slice .Name 2 5 }} => 310exa",
                "{{ print 1 2 \"a\" 3 }} => 1 2a3",
                "{{ printf \"%03d|%-3s|%x|%X|%c|%q|%5.1f|%t|%v|%%\" 7 \"a\" 255 \"k\" 65 \"b\" 1.25 true .Match }}"
                        + " => 007|a  |ff|6B|A|\"b\"|  1.2|true|[whole b ]|%",
                "{{ lt 1 2 }} {{ le \"b\" \"a\" }} {{ ne 1 2 }} {{ ge 2.5 2.5 }} => true false true true",
                "{{ (index .Match 1) }}{{ `raw\\n` }}{{ 'a' }}{{ -3 }}{{ 0x10 }} => braw\\n97-316",
                "{{ .Match }} => [whole b ]",
            })
    void render_construct_givesWhatGoGives(String text, String expected) throws Exception {
        assertThat(render(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{{ .Nme }}; line 1, column 4: field '.Nme' is not supported, expected one of .Group, .Match, .Meta, .Name, .Question",
                "{{ $.Nme }}; line 1, column 5: field '.Nme' is not supported",
                "a {{ lower .Name }}; line 1, column 6: function 'lower' is not supported, expected one of and, or, not",
                "{{ html .Name }}; line 1, column 4: function 'html' is not supported",
                "{{ define \"x\" }}{{ end }}; line 1, column 4: 'define' is not supported",
                "{{ template \"x\" }}; line 1, column 4: 'template' is not supported",
                "{{ block \"x\" . }}{{ end }}; line 1, column 4: 'block' is not supported",
                "{{ .Name; line 1, column 1: action is never closed",
                "{{ if .Name }}x; line 1, column 4: 'if' without 'end'",
                "x{{ end }}; line 1, column 5: unexpected 'end'",
                "{{ if .Name }}{{ else }}{{ else }}{{ end }}; line 1, column 28: expected '{{end}}', got 'else'",
                "{{ }}; line 1, column 4: expected a value, got '}}'",
                "{{ $x }}; line 1, column 4: variable '$x' is not declared here",
                "{{ if true }}{{ $x := 1 }}{{ end }}{{ $x }}; line 1, column 39: variable '$x' is not declared here",
                "{{ index }}; line 1, column 4: wrong number of arguments for 'index', expected at least 1, got 0",
                "{{ parseInt .Name 16 }}; line 1, column 4: wrong number of arguments for 'parseInt', expected 3, got 2",
                "{{ \"a\" \"b\" }}; line 1, column 4: expected a function in front of arguments, got 'a'",
                "{{ printf \"%y\" 1 }}; line 1, column 4: '%y' in \"%y\" is not supported",
                "{{ break }}; line 1, column 4: unexpected 'break', expected it within 'range'",
                "{{ \"a }}; line 1, column 4: text is never closed",
                "{{ 08 }}; line 1, column 4: expected a number, got '08'",
                "{{ .Name ? }}; line 1, column 10: unexpected '?' in an action",
                "{{ (.Name }}; line 1, column 11: expected ')', got '}}'",
                "{{ \"\\u0041\" }}; line 1, column 4: expected no escapes but",
                "{{/* x }}; line 1, column 3: expected a comment that ends in '*/}}'",
                "{{ range $a, b := .Match }}{{ end }}; line 1, column 14: expected a variable, got 'b'",
                "{{ $ = 1 }}; line 1, column 4: '$' cannot be given another value",
            })
    void compile_fault_namesLineAndColumn(String text, String message) {
        assertThatThrownBy(() -> render(text))
                .isInstanceOf(TemplateSyntaxException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nbc{{ .x }}"})
    void compile_faultInAnotherLine_namesIt(String text) {
        assertThatThrownBy(() -> render(text)).hasMessageStartingWith("line 2, column 6: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{{ index .Match 3 }}; index out of range: 3",
                "{{ parseInt \"gg\" 16 8 }}; parseInt: \"gg\" is no number of base 16",
                "{{ parseInt \"256\" 10 8 }}; parseInt: 256 is over 8 bits",
                "{{ parseInt \"-1\" 10 8 }}; parseInt: \"-1\" is no number of base 10",
                "{{ parseInt \"1\" 99 8 }}; parseInt: bad base 99 or bit size 8",
                "{{ eq 1 \"1\" }}; cannot compare integer with text",
                "{{ .Name.x }}; no field .x in text",
                "{{ .Name \"x\" }}; .Name takes no arguments",
                "{{ range 1000000000 }}{{ end }}; over 10000 steps",
                "{{ range 4000 }}01234567890123456789{{ end }}; text over 65535 characters",
                "{{ printf \"%d\" .Name }}; printf cannot write a text by %d",
                "{{ printf \"%d\" }}; printf has 0 arguments, too few",
                "{{ printf \"%d\" 1 2 }}; printf has 2 arguments, too many",
                "{{ slice .Name 5 2 }}; index out of range: 5",
            })
    void render_dataThatDoNotFit_fail(String text, String message) {
        assertThatThrownBy(() -> render(text))
                .isInstanceOf(TemplateFailureException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "{{ if true }}"})
    void compile_deepNesting_isAFault(String level) {
        String text = level.startsWith("{") ? level.repeat(5000) : "{{ " + level.repeat(5000);

        assertThatThrownBy(() -> render(text + " }}")).hasMessageContaining("expected at most 100 levels");
    }

    private static String render(String text) throws TemplateSyntaxException {
        return TextTemplate.compile(text, DATA.keySet()).render(DATA);
    }
}
