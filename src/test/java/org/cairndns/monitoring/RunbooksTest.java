package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that alerts lead to are complete, and what they say to ask can be asked. */
class RunbooksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(?:#([^)]*))?\\)");

    @TempDir
    private Path folder;

    static List<Path> pages() throws Exception {
        try (Stream<Path> files = Files.list(Documents.RUNBOOKS)) {
            return files.sorted().toList();
        }
    }

    /** The blocks of a page that are written in one language. */
    static List<String> blocks(Path page, String language) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(Documents.text(page));
        while (matcher.find()) {
            blocks.add(matcher.group(1).strip());
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_every_answersTheFourQuestions(Path page) {
        String name = page.getFileName().toString().replace(".md", "");

        assertThat(Documents.text(page))
                .startsWith("# " + name + "\n")
                .containsSubsequence(
                        "\n## What it means\n", "\n## What users see\n", "\n## What to check\n", "\n## What to do\n");
        assertThat(blocks(page, "sh").size() + blocks(page, "promql").size())
                .as("something to run")
                .isPositive();
    }

    /** What a page says to run is run by {@code PageCommandsTest}, with the programs that whoever is on duty has. */
    @ParameterizedTest
    @MethodSource("pages")
    void page_commands_areOfKubectlAndDig(Path page) {
        for (String block : blocks(page, "sh")) {
            assertThat(block.lines()).allMatch(line -> line.matches("(kubectl|dig) .*"));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_links_leadSomewhere(Path page) {
        Matcher link = LINK.matcher(Documents.text(page));
        while (link.find()) {
            Path target = page.resolveSibling(link.group(1)).normalize();
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(headings(target)).as(link.group()).contains(link.group(2));
            }
        }
    }

    /** Headings of a page as they are linked to. */
    private static List<String> headings(Path page) {
        return Documents.text(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void queries_all_areRight() throws Exception {
        Command.require("promtool", "checking queries of runbooks");
        StringBuilder rules = new StringBuilder("groups:\n- name: runbooks\n  rules:\n");
        int count = 0;
        for (Path page : pages()) {
            for (String query : blocks(page, "promql")) {
                rules.append("  - record: query_").append(count++).append("\n    expr: |-\n      ");
                rules.append(query.replace("\n", "\n      ")).append('\n');
            }
        }
        assertThat(count).isGreaterThan(15);

        Path file = Files.writeString(folder.resolve("queries.yaml"), rules);
        Command.run(folder, Map.of(), List.of("promtool", "check", "rules", file.toString()))
                .requireSuccess();
    }
}
