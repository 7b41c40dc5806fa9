package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cairndns.corefile.Problem;
import org.cairndns.plugin.PluginList;
import org.cairndns.testing.CorefileExamples;
import org.cairndns.testing.CorefileExamples.Example;
import org.cairndns.testing.CorefileSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the directives say what the code does. */
class PluginPagesTest {
    private static final Path PAGES = Path.of(System.getProperty("cairn.root"), "docs", "plugins");

    /** A line that no directive has in its block. */
    private static final String NONSENSE = "zz-nonsense";

    private static final Pattern EXPECTED = Pattern.compile("'?" + NONSENSE + "'?.*expected (?:one of )?([^;']*)"
            + "|expected (?:one of )?([^;']*), got '" + NONSENSE + "'");

    /** What stands in front of the brace, for directives that need more than their names. */
    private static final Map<String, String> HEADS = Map.of(
            "forward", "forward . 192.0.2.1",
            "template", "template IN A",
            "kubernetes", "kubernetes cluster.local",
            "bind", "bind 127.0.0.1",
            "tls", "tls cert.pem key.pem");

    @TempDir
    Path folder;

    static Set<String> names() {
        return PluginList.builtIn().names();
    }

    @Test
    void directives_allHaveAPageAndEachPageOne() throws IOException {
        Set<String> pages = new TreeSet<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            files.map(file -> file.getFileName().toString().replace(".md", "")).forEach(pages::add);
        }
        assertThat(pages).containsExactlyInAnyOrderElementsOf(names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void page_hasTheSectionsOfAll(String name) throws IOException {
        assertThat(page(name))
                .startsWith("# " + name + "\n")
                .contains("\n## Name\n*" + name + "* - ", "\n## Description\n", "\n## Syntax\n", "\n## Examples\n");
    }

    @ParameterizedTest
    @MethodSource("names")
    void page_optionsOfTheSyntax_areThoseOfTheCode(String name) throws IOException {
        Set<String> inCode = optionsInCode(name);
        Set<String> onPage = optionsOnPage(name);

        assertThat(inCode).as("options on the page").containsAll(onPage);
        // What is known only to be refused is no option, but a difference.
        String differences = section(name, "Differences");
        inCode.removeAll(onPage);
        assertThat(inCode)
                .as("options in the code")
                .allSatisfy(option -> assertThat(differences).contains("`" + option + "`"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void page_everyOption_isExplained(String name) throws IOException {
        String explanations = section(name, "Syntax").split("```", 3)[2];

        assertThat(optionsOnPage(name))
                .allSatisfy(option -> assertThat(explanations).as(option).containsPattern("`" + option + "[` ]"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void page_examples_areRight(String name) throws IOException {
        List<Example> examples = CorefileExamples.in(PAGES.resolve(name + ".md"), names());

        assertThat(examples).as("examples of a Corefile").isNotEmpty();
        assertThat(examples).allSatisfy(example -> {
            String corefile = new CorefileSandbox(folder).fit(example.text());
            assertThat(CorefileCheck.ofText(corefile).problems())
                    .filteredOn(problem -> problem.severity().refuses())
                    .as(example.origin())
                    .isEmpty();
        });
    }

    private static String page(String name) throws IOException {
        return Files.readString(PAGES.resolve(name + ".md"), StandardCharsets.UTF_8);
    }

    /** The text of a section, empty if there is none. */
    private static String section(String name, String title) throws IOException {
        Matcher matcher =
                Pattern.compile("(?ms)^## " + title + "\n(.*?)(?=^## |\\z)").matcher(page(name));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** First words of the lines in the block of the syntax; words in capitals stand for something else. */
    private static Set<String> optionsOnPage(String name) throws IOException {
        String syntax = section(name, "Syntax").split("```", -1)[1];
        Set<String> options = new LinkedHashSet<>();
        for (String line : syntax.lines().map(String::strip).toList()) {
            // Rules on lines of their own may also stand in a block.
            String rule = line.startsWith(name + " [continue|stop] ") ? line.replaceFirst(".*?\\] ", "") : line;
            String word = rule.split(" ")[0];
            boolean inBlock = !(line + " ").startsWith(name + " ") || !rule.equals(line);
            if (inBlock && !word.isEmpty() && !word.equals("}") && !word.equals(word.toUpperCase(Locale.ROOT))) {
                options.addAll(List.of(word.split("\\|")));
            }
        }
        return options;
    }

    /** The options that a directive names when it meets one that it does not have. */
    private static Set<String> optionsInCode(String name) {
        Set<String> options = new TreeSet<>();
        // Lines of 'hosts' in front of this one are taken for hosts.
        String before = name.equals("hosts") ? "fallthrough\n" : "";
        String corefile = ". {\n" + HEADS.getOrDefault(name, name) + " {\n" + before + NONSENSE + "\n}\n}\n";
        for (Problem problem : CorefileCheck.ofText(corefile).problems()) {
            Matcher matcher = EXPECTED.matcher(problem.message());
            if (matcher.find() && problem.message().contains(NONSENSE)) {
                String list = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                options.addAll(List.of(list.replaceAll(", (?:got|did) .*", "").split(", ")));
                options.remove("none");
            }
        }
        return options;
    }
}
