package org.cairndns.corefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cairndns.corefile.testing.StockCorefiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the text, the parser ends soon, with blocks or with problems that point into it. */
final class CorefileFuzzTest {
    private static final int CASES = 20_000;
    private static final List<String> WORDS = List.of(
            ".",
            ":53",
            "example.org:53",
            "tls://a",
            "10.0.0.0/15",
            "2001:db8::/33",
            "{",
            "}",
            "{",
            "}",
            "{",
            "}",
            "import",
            "(a)",
            "(b)",
            "a",
            "b",
            "self.conf",
            "part.conf",
            "*.conf",
            "none*",
            "/",
            "errors",
            "health",
            "lameduck",
            "5s",
            "\"two words\"",
            "\"multi\nline\"",
            "\"\"",
            "\"open",
            "#",
            "x#y z",
            "{$A}",
            "{%A%}",
            "{$LOOP}",
            "{$}",
            ",",
            "a,",
            "import a\n",
            "import b\n",
            "import self.conf\n",
            "import part.conf\n",
            "\r",
            "\uFEFF",
            "\u0000",
            "\uD800",
            "\u2028",
            "\\",
            "a\\",
            "\\300");
    private static final List<String> GAPS = List.of(" ", " ", " ", "\n", "\n", "\n\n", "\t", "\r\n", " # c\n", "");
    private static final Map<String, String> ENVIRONMENT = Map.of("A", "alpha", "LOOP", "{$LOOP}");

    @TempDir
    Path directory;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String soup() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            text.append(pick(WORDS)).append(pick(GAPS));
        }
        return text.toString();
    }

    private String mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(5); i >= 0; i--) {
            int from = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), from + random.nextInt(8));
            mutated.replace(from, to, random.nextBoolean() ? pick(WORDS) : pick(GAPS));
        }
        return mutated.toString();
    }

    private void parse(String text) {
        CorefileSource source = new CorefileSource(text, "Corefile", directory, ENVIRONMENT);
        try {
            List<ServerBlock> blocks = CorefileParser.parse(source, warning -> {});
            CorefileHash.sha512(source, blocks);
            blocks.forEach(block -> check(!block.zoneKeys().isEmpty()));
        } catch (CorefileException e) {
            e.problems()
                    .forEach(problem -> check(
                            problem.position().line() > 0 && problem.position().column() > 0));
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ", text:\n" + text, e);
        }
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("a block without zones, or a problem without a place");
        }
    }

    @Test
    @Timeout(60)
    void parse_anyText_blocksOrProblems() throws IOException {
        System.out.println("CorefileFuzzTest seed " + seed);
        Files.writeString(directory.resolve("self.conf"), "errors\nimport self.conf\n");
        Files.writeString(directory.resolve("part.conf"), "health {\n lameduck 5s\n}\nimport *.conf\n");
        List<String> files = List.copyOf(StockCorefiles.BY_DISTRIBUTION.values());

        for (int i = 0; i < CASES; i++) {
            parse(i % 2 == 0 ? soup() : mutated(pick(files)));
        }
    }
}
