package org.cairndns.plugin.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.metadata.MetadataPlugin;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Edns;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;

class ViewPluginTest {
    private static final Query IPV6 =
            Queries.of("Web.Example.", "AAAA", new InetSocketAddress("2001:db8::7", 4242), Queries.TCP);

    @Test
    void filter_noExpression_takesEveryQuery() {
        assertThat(takes("view all", Queries.of("a.", "A"))).isTrue();
        assertThat(takes("view all {\n}", Queries.of("a.", "A"))).isTrue();
    }

    @Test
    void filter_severalExpressions_allMustHold() {
        String lines = "view v {\nexpr type() == 'A'\nexpr name() == 'a.'\n}";

        assertThat(takes(lines, Queries.of("a.", "A"))).isTrue();
        assertThat(takes(lines, Queries.of("b.", "A"))).isFalse();
        assertThat(takes(lines, Queries.of("a.", "MX"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            client_ip() == '2001:db8::7'
            incidr(client_ip(), '2001:0DB8::/32')
            not incidr(client_ip(), '0.0.0.0/0')
            port() == '4242' and proto() == 'tcp' and bufsize() == 65535
            name() == 'web.example.' and type() == 'AAAA'
            server_ip() == '127.0.0.1' and server_port() == '53'
            """)
    void filter_queryOverTcpFromIpv6_isSeen(String expression) {
        assertThat(takes("view v {\nexpr " + expression + "\n}", IPV6)).isTrue();
    }

    @Test
    void filter_ednsAndClass_areSeen() {
        Query edns = Queries.withEdns("a.", "TYPE65280", 1232, true);
        Query chaos = Queries.ofClass("version.bind.", "TXT", DClass.CH);

        assertThat(takes("view v {\nexpr do() and bufsize() == 1232 and type() == 'TYPE65280'\n}", edns))
                .isTrue();
        assertThat(takes("view v {\nexpr class() == 'CH'\n}", chaos)).isTrue();
        assertThat(takes("view v {\nexpr bufsize() == 512\n}", edns.withEdns(Edns.NONE)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"metadata('us/name'), true", "metadata(lower('US/NAME')), true", "metadata('us/other'), false"})
    void filter_metadata_isThatOfTheBlock(String call, boolean expected) {
        FakeBlock block = block("metadata\nview v {\nexpr " + call + " == 'x'\n}");
        block.settings().metadata().provide("us/name", query -> Optional.of("x"));
        block.settings().metadata().complete(new Problems(warning -> {}));

        assertThat(block.settings().filter().orElseThrow().test(IPV6)).isEqualTo(expected);
    }

    @Test
    void name_isThatOfTheMetricsAndOfMetadata() {
        FakeBlock block = block("metadata\nview inside {\nexpr metadata('view/name') == 'inside'\n}");
        block.settings().metadata().complete(new Problems(warning -> {}));

        assertThat(block.settings().view()).isEqualTo("inside");
        assertThat(block.settings().filter().orElseThrow().test(IPV6)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            view                               | 2:1  | wrong number of arguments for 'view', expected 1, got 0
            view a b                           | 2:8  | wrong number of arguments for 'view', expected 1, got 2
            view a;view b                      | 3:1  | 'view' given twice, expected once per server block
            view a {;exp true;}                | 3:1  | unknown property 'exp' of 'view', expected one of expr, did you mean 'expr'?
            view a {;expr;}                    | 3:1  | wrong number of arguments for 'expr', expected at least 1, got 0
            view a {;expr type() = 'A';}       | 3:13 | bad expression, expected an operator, got '=', write '==' to compare
            view a {;expr type()  ==  5;}      | 3:14 | bad expression, '==' does not take string and int
            view a {;  expr "type() == 5";}    | 3:16 | bad expression, '==' does not take string and int
            view a {;expr port() in [1,2];}    | 3:13 | bad expression, no string is in a list of int
            view a {;expr incidr(client_ip(), '10.0.0.0');} | 3:6 | bad expression, incidr(): expected a network such as '10.0.0.0/8' or '2001:db8::/32' as argument 2, got '10.0.0.0'
            view a {;expr type(1) == 'A';}     | 3:6  | bad expression, type(): expected 0 arguments, got 1
            view a {;expr metadata() == 'A';}  | 3:6  | bad expression, metadata(): expected 1 arguments, got 0
            """)
    void setup_wrongUse_isAProblemAtItsPlace(String directives, String position, String message) {
        assertThat(block(directives.replace(';', '\n')).problems())
                .containsExactly("Corefile:" + position + ": " + message);
    }

    @Test
    void setup_expressionThatIsNoCondition_isWarnedOf() {
        FakeBlock block = block("view a {\nexpr name()\n}");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings())
                .containsExactly(
                        "Corefile:3:6: expression gives string instead of bool, so the server block takes no query");
        assertThat(block.settings().filter().orElseThrow().test(IPV6)).isFalse();
    }

    private static boolean takes(String directives, Query query) {
        FakeBlock block = block(directives);
        assertThat(block.problems()).isEmpty();
        return block.settings().filter().orElseThrow().test(query);
    }

    private static FakeBlock block(String directives) {
        return directives.startsWith("metadata")
                ? new FakeBlock(
                        new FakeServer(), ". {\n" + directives + "\n}\n", new MetadataPlugin(), new ViewPlugin())
                : new FakeBlock(new FakeServer(), ". {\n" + directives + "\n}\n", new ViewPlugin());
    }
}
