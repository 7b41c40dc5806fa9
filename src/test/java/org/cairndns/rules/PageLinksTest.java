package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Links between pages lead to files and headings that are there; so do the names of pages in other files. */
class PageLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern OUTSIDE = Pattern.compile("[a-z][a-z+.-]*:.*");
    private static final Pattern PAGE = Pattern.compile("\\bdocs/[a-z0-9/-]+\\.md\\b");

    /** Folders with files of people; those of tools begin with a dot. */
    private static final Set<String> LEFT_OUT = Set.of("target", "node_modules");

    private final Map<Path, Set<String>> headings = new HashMap<>();

    private static List<Path> files(String ending) {
        return Project.files(Project.root(), ending).stream()
                .filter(file -> {
                    for (Path part : Project.root().relativize(file)) {
                        String name = part.toString();
                        if (LEFT_OUT.contains(name) || name.startsWith(".")) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    /** The lines of a page that are text: without blocks of code and without code in a line. */
    private static List<String> text(Path page) {
        List<String> lines = new ArrayList<>();
        boolean code = false;
        for (String line : Project.text(page).lines().toList()) {
            if (line.strip().startsWith("```")) {
                code = !code;
            } else if (!code) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** The headings of a page as they are linked to. */
    private Set<String> headings(Path page) {
        return headings.computeIfAbsent(page, PageLinksTest::readHeadings);
    }

    private static Set<String> readHeadings(Path page) {
        Set<String> names = new LinkedHashSet<>();
        for (String line : text(page)) {
            if (line.matches("#{1,6} .*")) {
                String name = line.replaceFirst("^#+ +", "")
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-');
                // The second one of a name has a number.
                String numbered = name;
                for (int i = 1; !names.add(numbered); i++) {
                    numbered = name + "-" + i;
                }
            }
        }
        return names;
    }

    @Test
    void links_ofAllPages_leadSomewhere() {
        List<String> wrong = new ArrayList<>();
        for (Path page : files(".md")) {
            for (String line : text(page)) {
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "x"));
                while (link.find()) {
                    if (!OUTSIDE.matcher(link.group(1)).matches() && !leads(page, link.group(1))) {
                        wrong.add(Project.name(page) + ": " + link.group(1));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1
                || !target.toString().endsWith(".md")
                || headings(target).contains(parts[1]);
    }

    @Test
    void pages_thatOtherFilesName_areThere() {
        List<String> wrong = new ArrayList<>();
        for (String ending : List.of(".yaml", ".tpl", ".txt", ".java", ".options", "Corefile", "Dockerfile")) {
            for (Path file : files(ending)) {
                Matcher name = PAGE.matcher(Project.text(file));
                while (name.find()) {
                    if (!Files.exists(Project.root().resolve(name.group()))) {
                        wrong.add(Project.name(file) + ": " + name.group());
                    }
                }
            }
        }
        assertThat(wrong.stream().distinct().collect(Collectors.joining("\n"))).isEmpty();
    }

    /** Who looks for a page finds it from the first one, by a link or by that of its folder. */
    @Test
    void pages_all_areLinkedTo() {
        Set<Path> reached = new LinkedHashSet<>(List.of(Project.root().resolve("README.md")));
        List<Path> next = new ArrayList<>(reached);
        while (!next.isEmpty()) {
            Path page = next.removeFirst();
            for (String line : text(page)) {
                Matcher link = LINK.matcher(line);
                while (link.find()) {
                    Path target =
                            page.resolveSibling(link.group(1).split("#", 2)[0]).normalize();
                    for (Path found : Files.isDirectory(target) ? Project.files(target, ".md") : List.of(target)) {
                        if (found.toString().endsWith(".md") && Files.exists(found) && reached.add(found)) {
                            next.add(found);
                        }
                    }
                }
            }
        }
        assertThat(Project.files(Project.root().resolve("docs"), ".md")).isSubsetOf(reached);
    }

    /** The reference of the Corefile knows every directive that has a page. */
    @Test
    void directives_all_areInTheReferenceOfTheCorefile() {
        Path docs = Project.root().resolve("docs");
        String reference = Project.text(docs.resolve("corefile.md"));

        for (Path page : Project.files(docs.resolve("plugins"), ".md")) {
            assertThat(reference)
                    .contains("](" + docs.relativize(page).toString().replace('\\', '/') + ")");
        }
    }
}
