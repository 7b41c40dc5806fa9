package org.cairndns.perf.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cairndns.perf.sample.SliceChanges.Change;
import org.junit.jupiter.api.Test;

class SliceChangesTest {
    private static final List<SampleService> SERVICES = SampleCluster.services(50, 4);

    @Test
    void next_sameSeed_isTheSameSequence() {
        assertThat(changes(7)).isEqualTo(changes(7)).isNotEqualTo(changes(8));
    }

    @Test
    void next_manyChanges_eachOneMakesADifference() {
        Map<String, String> last = new HashMap<>();
        for (Change change : changes(7)) {
            String field = change.path() + " " + change.jsonPatch().replaceFirst("\"value\".*", "");

            assertThat(last.put(field, change.jsonPatch())).isNotEqualTo(change.jsonPatch());
        }
        assertThat(last.keySet()).anyMatch(field -> field.contains("/conditions/ready"));
        assertThat(last.keySet()).anyMatch(field -> field.contains("/addresses/0"));
    }

    @Test
    void next_fewHeadlessServices_haveHalfOfTheChanges() {
        List<String> headless = SERVICES.stream()
                .filter(SampleService::headless)
                .map(ApiObjects::slicePath)
                .toList();

        assertThat(changes(7).stream()
                        .filter(change -> headless.contains(change.path()))
                        .count())
                .isBetween(400L, 600L);
    }

    private static List<Change> changes(long seed) {
        SliceChanges changes = new SliceChanges(SERVICES, seed);
        return Stream.generate(changes::next).limit(1000).toList();
    }
}
