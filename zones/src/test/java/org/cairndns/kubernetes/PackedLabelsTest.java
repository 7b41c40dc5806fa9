package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;

class PackedLabelsTest {
    private static final String[] PARTS = {"", "", "db-", "db-1", "a", "Cart-service-7d5b6c9f8d-", "xyz", "0"};

    @Test
    void labels_ofAnyShape_areThoseGiven() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("PackedLabelsTest: seed " + seed);
        for (int run = 0; run < 2000; run++) {
            List<String> labels = new ArrayList<>();
            String prefix = PARTS[random.nextInt(PARTS.length)];
            for (int i = random.nextInt(20); i > 0; i--) {
                labels.add(random.nextInt(8) == 0 ? "" : prefix + PARTS[random.nextInt(PARTS.length)]);
            }
            PackedLabels packed = PackedLabels.of(labels, Function.identity());

            for (int i = 0; i < labels.size(); i++) {
                assertThat(packed.text(i)).as("%s", labels).isEqualTo(labels.get(i));
                assertThat(packed.has(i)).isEqualTo(!labels.get(i).isEmpty());
            }
            assertThat(packed).isEqualTo(PackedLabels.of(List.copyOf(labels), Function.identity()));
        }
    }

    @Test
    void name_startsWithLabel_whateverTheCase() {
        PackedLabels packed = PackedLabels.of(List.of("Db-0", "db-10", "other"), Function.identity());

        assertThat(packed.isFirstOf(DomainName.of("dB-0.db.ns"), 0)).isTrue();
        assertThat(packed.isFirstOf(DomainName.of("db-1.db.ns"), 1)).isFalse();
        assertThat(packed.isFirstOf(DomainName.of("db-100.db.ns"), 1)).isFalse();
        assertThat(packed.isFirstOf(DomainName.of("db-10.db.ns"), 1)).isTrue();
        assertThat(packed.isFirstOf(DomainName.of("other.db.ns"), 1)).isFalse();
    }

    @Test
    void text_thatIsNoLabel_isNeverTheFirstOfAName() {
        PackedLabels packed = PackedLabels.of(List.of("x".repeat(64), "a b", "c"), Function.identity());

        assertThat(packed.has(0)).isTrue();
        assertThat(Labels.isLabel(packed.text(0))).isFalse();
        assertThat(packed.isFirstOf(DomainName.of("a\\032b.db.ns"), 1)).isFalse();
        assertThat(packed.isFirstOf(DomainName.of("c.db.ns"), 2)).isTrue();
    }

    @Test
    void labels_inAnotherOrder_areNotEqual() {
        List<String> labels = List.of("db-0", "db-1");

        assertThat(PackedLabels.of(labels, Function.identity()))
                .isNotEqualTo(PackedLabels.of(labels.reversed(), Function.identity()));
    }
}
