package org.cairndns.plugin.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.metadata.MetadataPlugin;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions beside what CoreDNS made of them; the table is in expressions.txt. */
class ExpressionTableTest {
    private static final Query WWW =
            Queries.of("www.e1.example.", "A", new InetSocketAddress("127.0.0.1", 40_001), Queries.UDP);

    /** One line of the table. */
    record Row(String expected, String expression) {}

    static Stream<Row> rows() throws IOException {
        try (InputStream in = ExpressionTableTest.class.getResourceAsStream("expressions.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<Row> rows = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ExpressionTableTest::row)
                    .toList();
            assertThat(rows).hasSizeGreaterThan(200);
            return rows.stream();
        }
    }

    private static Row row(String line) {
        int bar = line.indexOf('|');
        return new Row(line.substring(0, bar).strip(), line.substring(bar + 2));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void expression_givesWhatCoreDnsGives(Row row) {
        FakeBlock block = new FakeBlock(
                new FakeServer(),
                "example. {\nmetadata\nview v {\nexpr \"" + row.expression().replace("\"", "\\\"") + "\"\n}\n}\n",
                new MetadataPlugin(),
                new ViewPlugin());

        assertThat(result(block)).as(block.problems().toString()).isEqualTo(row.expected());
    }

    private static String result(FakeBlock block) {
        if (!block.problems().isEmpty()) {
            return "error";
        }
        block.settings().metadata().complete(new Problems(warning -> {}));
        return String.valueOf(block.settings().filter().orElseThrow().test(WWW));
    }
}
