package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault the grammar knows, with its place; faults of imports are in {@link ImportTest}. */
final class CorefileProblemsTest {

    record Bad(String text, List<String> problems) {
        static Bad of(String text, String... problems) {
            return new Bad(text, List.of(problems));
        }
    }

    static Stream<Bad> grammar() {
        return Stream.of(
                Bad.of(". {\n errors\n", "1:3: '{' is never closed, expected '}', got end of file"),
                Bad.of(". {", "1:3: '{' is never closed, expected '}', got end of file"),
                Bad.of(
                        ". {\n health {\n  lameduck 5s\n",
                        "1:3: '{' is never closed, expected '}', got end of file",
                        "2:9: '{' is never closed, expected '}', got end of file"),
                Bad.of(".\nhealth {\n", "2:8: '{' is never closed, expected '}', got end of file"),
                Bad.of(". {\n errors }\n", "2:9: unexpected '}' after 'errors', expected it on a line of its own"),
                Bad.of(
                        ". {\n health {\n } }\n",
                        "3:4: unexpected '}' after 'health', expected it on a line of its own"),
                Bad.of(". {\n}\n}\na.org {\n}\n", "3:1: unexpected '}', expected a server block"),
                Bad.of(". {\n {\n  errors\n }\n}\n", "2:2: unexpected '{', expected a directive"),
                Bad.of(". {\n health {\n } {\n }\n}\n", "3:4: unexpected '{', expected a new line"),
                Bad.of(
                        ". {\n health {\n  lameduck {\n   5s\n  }\n }\n}\n",
                        "3:12: unexpected '{', expected a property, since blocks do not nest"),
                Bad.of(
                        ". {\n health{\n  lameduck 5s\n }\n}\n",
                        "2:2: missing blank, expected 'health {', got 'health{'"),
                Bad.of(". {\n errors\n}}\n", "3:1: '}}' is one word, expected each '}' on a line of its own"),
                Bad.of(
                        ". {\n health {\n  lameduck 5s\n}}\n",
                        "4:1: '}}' is one word, expected each '}' on a line of its own"),
                Bad.of(
                        "apiVersion: v1\nkind: ConfigMap\ndata:\n  Corefile: |\n    . {\n    }\n",
                        "1:1: a manifest of Kubernetes, expected a Corefile; give the text behind 'Corefile: |' alone, as"
                                + " 'kubectl get configmap NAME -o jsonpath={.data.Corefile}' prints it"),
                Bad.of("a.org, {\n}\n", "1:8: unexpected '{' after a comma, expected another key"),
                Bad.of("a.org,\n", "1:1: unexpected end of file after a comma, expected another key"),
                Bad.of("(a)\nerrors\n", "1:1: snippet 'a' has no body, expected '{', got 'errors'"),
                Bad.of("(a) {\n errors\n", "1:5: '{' is never closed, expected '}', got end of file"),
                Bad.of("(a) {\n}\n(a) {\n}\n", "3:1: snippet 'a' is already defined, expected another name"),
                Bad.of(
                        ". {\n log \"x\n errors\n}\n",
                        "1:3: '{' is never closed, expected '}', got end of file",
                        "2:6: quote is never closed, expected '\"', got end of file"));
    }

    static Stream<Bad> keys() {
        String longZone = "a".repeat(50) + ".";
        return Stream.of(
                Bad.of(
                        "example.org: {\n}\n",
                        "1:1: bad key 'example.org:', expected a port after the last ':', got nothing"),
                Bad.of(":53 {\n}\n", "1:1: bad key ':53', expected a zone name, got nothing"),
                Bad.of("tls:// {\n}\n", "1:1: bad key 'tls://', expected a zone name, got nothing"),
                Bad.of("a..b {\n}\n", "1:1: bad key 'a..b', expected labels of 1 to 63 octets, got 0"),
                Bad.of(".a {\n}\n", "1:1: bad key '.a', expected labels of 1 to 63 octets, got 0"),
                Bad.of(
                        "x." + "a".repeat(64) + " {\n}\n",
                        "1:1: bad key 'x." + "a".repeat(64) + "', expected labels of 1 to 63 octets, got 64"),
                Bad.of(
                        longZone.repeat(5) + "ab {\n}\n",
                        "1:1: bad key '" + longZone.repeat(5)
                                + "ab', expected a zone of at most 255 characters, got 257"),
                Bad.of(
                        longZone.repeat(4) + "a".repeat(51) + " {\n}\n",
                        "1:1: bad key '" + longZone.repeat(4) + "a".repeat(51)
                                + "', expected a name of at most 255 octets, got 257"),
                Bad.of("a\\ {\n}\n", "1:1: bad key 'a\\', expected a character after '\\', got the end of the name"),
                Bad.of("a\\256 {\n}\n", "1:1: bad key 'a\\256', expected an escaped octet of at most 255, got 256"),
                Bad.of("a:65536 {\n}\n", "1:1: bad key 'a:65536', expected a port from 0 to 65535, got 65536"),
                Bad.of("a:-1 {\n}\n", "1:1: bad key 'a:-1', expected a port from 0 to 65535, got -1"),
                Bad.of(
                        "::1/64 {\n}\n",
                        "1:1: bad key '::1/64', expected a network that starts with neither ':' nor '0', got ::1/64"),
                Bad.of(
                        "00::/8 {\n}\n",
                        "1:1: bad key '00::/8', expected a network that starts with neither ':' nor '0', got 00::/8"),
                Bad.of(
                        "2001:db8:: {\n}\n",
                        "1:1: bad key '2001:db8::', expected a port after the last ':', got nothing"),
                Bad.of(
                        "unix://x {\n}\n",
                        "1:1: bad key 'unix://x', expected one of the schemes dns, tls, quic, grpc, https, https3, got 'unix'"),
                Bad.of("a:70000 .\n b.. {\n}\n", "1:1: bad key 'a:70000', expected a port from 0 to 65535, got 70000"),
                Bad.of(
                        "a:70000, b.. {\n}\n",
                        "1:1: bad key 'a:70000', expected a port from 0 to 65535, got 70000",
                        "1:10: bad key 'b..', expected labels of 1 to 63 octets, got 0"));
    }

    @ParameterizedTest
    @MethodSource({"grammar", "keys"})
    void parse_badText_problemsAtTheirPlaces(Bad row) {
        assertThat(Parsed.of(row.text()).problems())
                .containsExactlyElementsOf(row.problems().stream()
                        .map(problem -> "Corefile:" + problem)
                        .toList());
    }

    /** The end of the file is where it shows; the line where it happened is what somebody looks for. */
    @Test
    void parse_braceForgotten_namesLineInFrontOfWhichItIsMissing() {
        String hint =
                "; a '}' seems to be missing in front of line 5, where 'cache' stands as far left as 'forward' in line 2";

        assertThat(Parsed.of(". {\n  forward . 192.0.2.1 {\n    expire 10s\n\n  cache {\n    success 10\n  }\n}\n")
                        .problems())
                .containsExactly("Corefile:5:9: unexpected '{', expected a property, since blocks do not nest" + hint);
        assertThat(Parsed.of(". {\n  forward . 192.0.2.1 {\n    expire 10s\n\n  cache 30\n")
                        .problems())
                .containsExactly(
                        "Corefile:1:3: '{' is never closed, expected '}', got end of file" + hint,
                        "Corefile:2:23: '{' is never closed, expected '}', got end of file" + hint);
    }

    @Test
    void parse_fiveMistakes_reportsAllFive() {
        String text = """
                (common) {
                    errors
                }
                (common) {
                    log
                }
                example.org:99999, a..b {
                    import missing.conf
                    health {
                        lameduck {
                            5s
                        }
                    }
                    ready }
                """;

        assertThat(Parsed.of(text).problems())
                .containsExactly(
                        "Corefile:4:1: snippet 'common' is already defined, expected another name",
                        "Corefile:7:1: bad key 'example.org:99999', expected a port from 0 to 65535, got 99999",
                        "Corefile:7:20: bad key 'a..b', expected labels of 1 to 63 octets, got 0",
                        "Corefile:8:12: cannot import 'missing.conf', expected a snippet defined above or a file, got neither",
                        "Corefile:10:18: unexpected '{', expected a property, since blocks do not nest",
                        "Corefile:14:11: unexpected '}' after 'ready', expected it on a line of its own");
    }

    @Test
    void exception_severalProblems_messageHasOneLineEach() {
        assertThatThrownBy(() -> CorefileParser.parse(CorefileSource.of("a..b {\n errors }\n"), warning -> {}))
                .isInstanceOf(CorefileException.class)
                .hasMessage("""
                        Corefile:1:1: bad key 'a..b', expected labels of 1 to 63 octets, got 0
                        Corefile:2:9: unexpected '}' after 'errors', expected it on a line of its own""");
    }
}
