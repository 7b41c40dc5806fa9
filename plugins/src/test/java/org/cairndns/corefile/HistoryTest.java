package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Position HERE = new Position("Corefile", 2, 3);

    @Test
    void rows_haveOneRowPerNameAndARemedyInOneLine() {
        Set<String> names = new HashSet<>();
        for (Change row : History.rows()) {
            assertThat(names.add(row.directive() + " " + row.option()))
                    .as(row.toString())
                    .isTrue();
            assertThat(row.remedy())
                    .as(row.toString())
                    .isNotBlank()
                    .doesNotContain("\n")
                    .doesNotEndWith(".");
            assertThat(row.since().isEmpty()).as(row.toString()).isEqualTo(row.severity() == Severity.UNSUPPORTED);
            assertThat(row.severity()).as(row.toString()).isNotIn(Severity.ERROR, Severity.MISSING, Severity.WARNING);
        }
    }

    @Test
    void of_knownAndUnknownNames_findsTheRowOrNothing() {
        assertThat(History.of("proxy")).map(Change::severity).contains(Severity.REMOVED);
        assertThat(History.of("kubernetes", "upstream")).map(Change::since).contains("1.7.0");
        assertThat(History.of("kubernetes")).isEmpty();
        assertThat(History.of("zurgel", "upstream")).isEmpty();
    }

    @Test
    void report_bySeverity_isProblemOrWarning() {
        List<Problem> warnings = new ArrayList<>();
        Problems problems = new Problems(warnings::add);
        for (Severity severity : Severity.values()) {
            problems.report(HERE, new Change("a", "b", severity, "1.2.3", "do c"));
        }

        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "Corefile:2:3: 'b' of 'a' of CoreDNS is not in this version of Cairn; do c",
                        "Corefile:2:3: 'b' of 'a' of CoreDNS is not in this version of Cairn; do c",
                        "Corefile:2:3: 'b' of 'a' was removed from CoreDNS in 1.2.3; do c",
                        "Corefile:2:3: 'b' of 'a' of CoreDNS is not in this version of Cairn; do c");
        assertThat(warnings)
                .extracting(Problem::toString)
                .containsExactly(
                        "Corefile:2:3: 'b' of 'a' of CoreDNS is not in this version of Cairn; do c",
                        "Corefile:2:3: 'b' of 'a' of CoreDNS is not in this version of Cairn; do c",
                        "Corefile:2:3: 'b' of 'a' is deprecated in CoreDNS since 1.2.3; do c",
                        "Corefile:2:3: 'b' of 'a' is ignored by CoreDNS since 1.2.3; do c",
                        "Corefile:2:3: 'b' of 'a' is missing, it is in the default Corefile since CoreDNS 1.2.3; do c");
    }

    @Test
    void message_ofAForm_hasNoQuotesAroundWords() {
        assertThat(new Change("auto", History.AUTO_TIMEOUT, Severity.REMOVED, "1.5.0", "x").message())
                .isEqualTo("the TIMEOUT of 'directory' of 'auto' was removed from CoreDNS in 1.5.0");
    }
}
