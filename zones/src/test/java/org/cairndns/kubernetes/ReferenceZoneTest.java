package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link ClusterZone} compared with the rules after random changes; a failure names what is needed to repeat it. */
class ReferenceZoneTest {
    private static final int CLUSTERS = 30;
    private static final int ROUNDS = 25;
    private static final int QUESTIONS = 25;

    private final Map<String, Integer> outcomes = new HashMap<>();

    /** Fixed seeds, so that a build that fails fails again; 0 stands for one that is new each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 0})
    void lookup_afterAnyChanges_asTheRulesSay(long fixedSeed) {
        long seed = fixedSeed == 0 ? new Random().nextLong() : fixedSeed;
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            new Run(seed, cluster).compare();
        }
        System.out.println("ReferenceZoneTest: seed " + seed + ", outcomes " + outcomes);
        // Each outcome has its share, or the test would compare nothing but names that do not exist.
        for (String outcome : List.of("noerror", "nodata", "nxdomain", "servfail", "alias")) {
            assertThat(outcomes.getOrDefault(outcome, 0)).as(outcome).isGreaterThan(200);
        }
    }

    private final class Run {
        private final String label;
        private final Random random;
        private final RandomCluster changes;
        private final RandomQuestions questions;
        private final ClusterModel model = new ClusterModel();
        private final TestCluster cluster;
        private final ClusterZone zone;
        private final ReferenceZone reference;
        private int questionsAsked;

        Run(long seed, int number) {
            this.label = "seed " + seed + ", cluster " + number;
            this.random = new Random(31 * seed + number);
            this.changes = number % 4 == 0 ? RandomCluster.large(random) : RandomCluster.small(random);
            boolean podNames = random.nextBoolean();
            PodMode podMode = PodMode.values()[random.nextInt(PodMode.values().length)];
            Set<String> namespaces = random.nextInt(5) == 0 ? Set.of("a", "default") : Set.of();
            ClusterZoneOptions options = TestCluster.options(podMode, namespaces, random.nextBoolean(), podNames);
            this.cluster = new TestCluster(podNames, ProgrammingListener.NONE);
            this.zone = cluster.zone(options);
            ReferenceCluster objects = new ReferenceCluster(model, options);
            this.questions = new RandomQuestions(random, changes, objects);
            this.reference = new ReferenceZone(objects);
        }

        void compare() {
            askAll();
            for (Consumer<ClusterChanges> change : changes.firstLists()) {
                apply(change);
                if (random.nextInt(5) == 0) {
                    ask();
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                List<Consumer<ClusterChanges>> some = new ArrayList<>();
                if (random.nextInt(4) == 0) {
                    some.addAll(changes.list(ObjectKind.values()[random.nextInt(ObjectKind.values().length)]));
                } else {
                    some.add(changes.change());
                }
                some.forEach(this::apply);
                askAll();
            }
        }

        private void apply(Consumer<ClusterChanges> change) {
            change.accept(model);
            change.accept(cluster.changes());
        }

        private void askAll() {
            for (int i = 0; i < QUESTIONS; i++) {
                ask();
            }
        }

        private void ask() {
            String name = questions.name();
            String type = questions.type(name);
            questionsAsked++;
            List<String> expected = lower(reference.ask(name.toLowerCase(Locale.ROOT), type));
            List<String> actual = Answers.ask(zone, name, type);
            outcomes.merge(expected.getFirst().split(" ")[0], 1, Integer::sum);
            assertThat(lower(actual))
                    .as("%s, question %d: %s %s", label, questionsAsked, name, type)
                    .isEqualTo(expected);
        }
    }

    // Alphabetical order may be another one in lower case; that of PTR records has a meaning.
    private static List<String> lower(List<String> lines) {
        List<String> lower = new ArrayList<>(
                lines.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList());
        if (lower.stream().noneMatch(line -> line.contains(" ptr "))) {
            lower.subList(1, lower.size()).sort(null);
        }
        return lower;
    }

    @Test
    void rules_specificationCluster_answersOfTheTable() {
        ClusterModel model = new ClusterModel();
        ClusterText.list(QuestionTable.resource("spec.cluster"), model);
        ClusterZoneOptions options = TestCluster.options(PodMode.VERIFIED, Set.of(), false, false);
        ReferenceZone rules = new ReferenceZone(new ReferenceCluster(model, options));

        QuestionTable.rows(QuestionTable.resource("spec.questions")).stream()
                .filter(row -> !row.type().equals("SOA") && !row.name().contains("clusterset"))
                .forEach(row -> assertThat(lower(rules.ask(row.name().toLowerCase(Locale.ROOT), row.type())))
                        .as(row.name() + " " + row.type())
                        .isEqualTo(lower(row.expected())));
    }
}
