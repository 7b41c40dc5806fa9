package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cairndns.kubernetes.source.ApiTroubles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever gets an alert about a condition finds it on the pages that say what it means and what to do. */
class ConditionPagesTest {
    /** The names of conditions are constants of the classes that begin them. */
    private static final Pattern NAME = Pattern.compile("static final String [A-Z_]+ = \"([a-z]+(?:_[a-z]+)*)\"");

    private static final Pattern BEGIN = Pattern.compile("onditions[^;]*\\.begin\\(");

    @ParameterizedTest
    @ValueSource(strings = {"docs/running.md", "docs/runbooks/CairnCondition.md"})
    void page_aboutConditions_namesEach(String page) {
        String text = Project.text(Project.root().resolve(page));
        Set<String> names = conditions();

        assertThat(names).contains("port_taken", "upstream_down", "api_failing");
        names.removeIf(name -> text.contains("`" + name + "`"));
        assertThat(names).as("missing on " + page).isEmpty();
    }

    private static Set<String> conditions() {
        Set<String> names = new TreeSet<>();
        for (Path file : Project.mainSources()) {
            String text = Project.text(file);
            if (BEGIN.matcher(text).find()) {
                Matcher name = NAME.matcher(text);
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        for (ApiTroubles.Trouble trouble : ApiTroubles.Trouble.values()) {
            names.add(trouble.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
