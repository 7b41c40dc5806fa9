package org.cairndns.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.TestGrading;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.NodeType;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/**
 * A moment of each jcstress test, all in this JVM; {@code -Dcairn.races.millis=N} for other than 300, {@code src/races/run} for
 * a process of its own for each way of compiling.
 */
class ShortRacesTest {
    private static final String TESTS = System.getProperty("cairn.races.tests", ".*");
    private static final int MILLIS = Integer.getInteger("cairn.races.millis", 300);

    /** So many rounds say something. */
    private static final long MIN_ROUNDS = 15_000;

    /** Where the processors are busy with something else a moment may pass without much, so there is another one. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TestFactory
    List<DynamicTest> actors_atTheSameTime_leaveOnlyStatesThatThereMayBe() throws IOException {
        Options options = new Options(new String[] {
            "-iters", "1", "-time", String.valueOf(MILLIS), "-hs", "128", "-c", "2", "-strideSize", "8", "-t", TESTS
        });
        assertThat(options.parse()).isTrue();
        List<DynamicTest> tests = new ArrayList<>();
        List<String> names = TestList.tests().stream()
                .filter(Pattern.compile(options.getTestFilter()).asPredicate())
                .sorted()
                .toList();
        assertThat(names).isNotEmpty();
        for (String name : names) {
            tests.add(DynamicTest.dynamicTest(name, () -> run(options, TestList.getInfo(name))));
        }
        return tests;
    }

    private static void run(Options options, TestInfo test) throws ReflectiveOperationException {
        long startNanos = System.nanoTime();
        long rounds = rounds(options, test);
        while (rounds < MIN_ROUNDS && System.nanoTime() - startNanos < LIMIT.toNanos()) {
            rounds += rounds(options, test);
        }
        assertThat(rounds)
                .as("rounds within %d s, too few to say that nothing went wrong in them", LIMIT.toSeconds())
                .isGreaterThanOrEqualTo(MIN_ROUNDS);
    }

    private static long rounds(Options options, TestInfo test) throws ReflectiveOperationException {
        SchedulingClass anywhere = new SchedulingClass(AffinityMode.NONE, test.threads(), NodeType.PACKAGE);
        TestConfig config = new TestConfig(options, test, 1, List.of(), CompileMode.UNIFIED, anywhere);
        Runner<?> runner = (Runner<?>) Class.forName(test.generatedRunner())
                .getConstructor(ForkedTestConfig.class)
                .newInstance(new ForkedTestConfig(config));
        TestResult result = runner.run();
        result.setConfig(config);
        TestGrading grading = result.grading();
        System.out.println(test.name() + ": " + states(result));
        assertThat(result.status()).as("%s", result.getMessages()).isEqualTo(Status.NORMAL);
        assertThat(grading.isPassed).as("%s", grading.failureMessages).isTrue();
        return result.getTotalCount();
    }

    private static Map<String, Long> states(TestResult result) {
        Map<String, Long> states = new TreeMap<>();
        result.getStateKeys().forEach(state -> states.put(state, result.getCount(state)));
        return states;
    }
}
