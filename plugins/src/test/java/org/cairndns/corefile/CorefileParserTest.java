package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a Corefile means; see {@link CorefileProblemsTest} for what is rejected. */
final class CorefileParserTest {

    private static void assertOutline(String text, String outline) {
        Parsed parsed = Parsed.of(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.outline()).isEqualTo(outline);
        assertThat(parsed.warnings()).isEmpty();
    }

    private static void assertWarns(String text, String outline, String... warnings) {
        Parsed parsed = Parsed.of(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.outline()).isEqualTo(outline);
        assertThat(parsed.warnings()).containsExactly(warnings);
    }

    @Test
    void parse_directiveWithBlock_argsAndPropertiesInOrder() {
        assertOutline("""
                .:53 {
                    errors
                    health {
                        lameduck 5s
                    }
                    forward . 10.0.0.1 "10.0.0.2 x" {
                        max_concurrent 1000
                        except a.org b.org # not these
                        force_tcp
                    }
                }
                """, """
                dns://.:53
                  errors
                  health {}
                    lameduck [5s]
                  forward [.] [10.0.0.1] [10.0.0.2 x] {}
                    max_concurrent [1000]
                    except [a.org] [b.org]
                    force_tcp
                """);
    }

    @Test
    void parse_words_carryTheirPositions() throws CorefileException {
        List<ServerBlock> blocks = CorefileParser.parse(
                new CorefileSource(
                        "# top\nexample.org {\n  log . {\n    class error\n  }\n}\n",
                        "/etc/x",
                        Path.of("/etc"),
                        Map.of()),
                warning -> {});

        ServerBlock block = blocks.get(0);
        Directive log = block.directives().get(0);
        assertThat(block.keys().get(0).position()).hasToString("/etc/x:2:1");
        assertThat(block.zoneKeys().get(0).position()).hasToString("/etc/x:2:1");
        assertThat(log.position()).hasToString("/etc/x:3:3");
        assertThat(log.args().get(0).position()).hasToString("/etc/x:3:7");
        assertThat(log.properties().get(0).args().get(0).position()).hasToString("/etc/x:4:11");
    }

    @Test
    void parse_emptyTexts_noBlocks() {
        assertOutline("", "");
        assertOutline("# only a comment", "");
        assertOutline("(snippet) {\n errors\n}\n", "");
    }

    @Test
    void parse_repeatedDirective_staysSeparate() {
        assertOutline(". {\n rewrite a b\n log\n rewrite c d\n}\n", """
                dns://.
                  rewrite [a] [b]
                  log
                  rewrite [c] [d]
                """);
    }

    @Test
    void parse_keysOverSeveralLines_joinedByCommas() {
        assertOutline("a.org, b.org,\n  c.org\n{\n errors\n}\nd.org e.org {\n}\nf.org , g.org {\n}\n", """
                dns://a.org. dns://b.org. dns://c.org.
                  errors
                dns://d.org. dns://e.org.
                dns://f.org. dns://g.org.
                """);
    }

    @Test
    void parse_noBraces_restOfFileIsOneBlock() {
        assertOutline("example.org\nerrors\nlog . {\n class all\n}\n", """
                dns://example.org.
                  errors
                  log [.] {}
                    class [all]
                """);
        assertWarns(
                "example.org",
                "dns://example.org.\n",
                "Corefile:1:1: server block without directives, queries for 'example.org' get REFUSED; is a line such as"
                        + " '.:53 {' missing above it?");
    }

    @Test
    void parse_firstPropertyBesideTheBrace_isAProperty() {
        assertOutline(". {\n forward . 10.0.0.1 { max_fails 3\n }\n}\n", """
                dns://.
                  forward [.] [10.0.0.1] {}
                    max_fails [3]
                """);
    }

    @Test
    void parse_emptyBlock_differsFromNoBlock() {
        assertOutline(". {\n health { }\n ready\n}\n", "dns://.\n  health {}\n  ready\n");
    }

    @Test
    void parse_multiLineQuote_argsGoOnBehindIt() {
        assertOutline(". {\n template \"a\n b\" c\n log\n}\n", "dns://.\n  template [a\n b] [c]\n  log\n");
    }

    @Test
    void parse_environmentReferences_replacedInKeysNamesAndArgs() {
        Map<String, String> environment = Map.of("ZONE", "example.org", "PORT", "1053", "NAME", "log", "TTL", "30");
        Parsed parsed = Parsed.of(new CorefileSource(
                "{$ZONE}:{%PORT%} {\n {$NAME} {$UNSET} \"{$ZONE} x\"\n cache {\n  {$NAME} {$TTL}\n }\n}\n",
                "Corefile", Path.of(""), environment));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.outline()).isEqualTo("""
                dns://example.org.:1053
                  log [] [example.org x]
                  cache {}
                    log [30]
                """);
    }

    @Test
    void parse_unsetKey_isLeftOut() {
        assertWarns(
                "{$UNSET} a.org \"\" {\n}\n",
                "dns://a.org.\n",
                "Corefile:1:1: environment variable UNSET is not set, read as nothing");
    }

    @Test
    void parse_carriageReturnsAndByteOrderMark_ignored() {
        assertOutline("\uFEFF. {\r\n  errors\r\n}\r\n", "dns://.\n  errors\n");
    }

    @Test
    void parse_blockOnOneLine_acceptedWithWarning() {
        assertWarns(
                ". {\n health { lameduck 5s }\n ready\n}\n",
                "dns://.\n  health {}\n    lameduck [5s]\n  ready\n",
                "Corefile:2:23: '}' on the line of 'lameduck', expected it on a line of its own");
    }

    @Test
    void parse_braceOnItsOwnLine_opensTheBlockWithWarning() {
        assertWarns(
                ". {\n health\n {\n  lameduck 5s\n }\n}\n",
                "dns://.\n  health {}\n    lameduck [5s]\n",
                "Corefile:3:2: '{' on a line of its own, expected it after 'health'");
    }

    @Test
    void parse_braceOnAnArgument_isPartOfItWithWarning() {
        assertWarns(
                ". {\n log . a{\n ready\n}\n",
                "dns://.\n  log [.] [a{]\n  ready\n",
                "Corefile:2:8: 'a{' is read as one word, expected a blank before '{'");
    }

    @Test
    void parse_wordsAfterABlock_repeatTheDirectiveWithWarning() {
        assertWarns(
                ". {\n health {\n } ready 1\n log\n}\n",
                "dns://.\n  health {}\n  health [1]\n  log\n",
                "Corefile:3:4: 'ready' after '}' is read as part of 'health', expected it on a line of its own");
    }

    @Test
    void parse_lastBraceMissing_acceptedAfterABlockWithWarning() {
        assertWarns(
                ". {\n health {\n }\n",
                "dns://.\n  health {}\n",
                "Corefile:1:3: '{' is never closed, expected '}', got end of file");
    }

    @Test
    void parse_braceTooManyAtTheEnd_isAKeyWithWarning() {
        assertWarns(
                ". {\n}\n}\n",
                "dns://.\ndns://}.\n",
                "Corefile:3:1: key '}' is read as the zone name '}.', expected [scheme://]zone[:port]");
    }

    @Test
    void parse_braceWithoutOpening_endsBraceLessBlockWithWarning() {
        assertWarns(
                "a.org\nerrors\n}\nb.org {\n}\n",
                "dns://a.org.\n  errors\ndns://b.org.\n",
                "Corefile:3:1: '}' without '{', expected end of file");
    }

    @Test
    void parse_blockWithoutKey_ignoredWithWarning() {
        assertWarns(
                "{\n errors\n}\n. {\n}\n",
                "dns://.\n",
                "Corefile:1:1: server block without a key is ignored, expected a zone such as '.'");
    }

    @Test
    void parse_quoteLeftOpen_runsToTheEndWithWarning() {
        assertWarns(
                ".\nlog \"a\nb",
                "dns://.\n  log [a\nb]\n",
                "Corefile:2:5: quote is never closed, expected '\"', got end of file");
    }

    @Test
    void directives_byName_inFileOrder() throws CorefileException {
        ServerBlock block = CorefileParser.parse(CorefileSource.of(". {\n a 1\n b\n a 2\n}\n"), warning -> {})
                .get(0);

        assertThat(block.directives("a")).extracting(Directive::argTexts).containsExactly(List.of("1"), List.of("2"));
        assertThat(block.directives("c")).isEmpty();
    }
}
