package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.testing.StockCorefiles;
import org.cairndns.plugin.PluginList;
import org.cairndns.testing.CorefileExamples;
import org.cairndns.testing.CorefileExamples.Example;
import org.cairndns.testing.CorefileMutator;
import org.cairndns.testing.CorefileSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A check and a start say the same of Corefiles with faults.
 *
 * <p>What is started can do no harm: every address is turned into loopback, every port into a free one, what is left with
 * another port is not started, and the clusters are empty folders or a port where nobody is.
 */
class CheckAgreementTest {
    private static final Path PAGES = Path.of(System.getProperty("cairn.root"), "docs", "plugins");
    private static final long SEED = Long.getLong("cairn.seed", 20261125);
    private static final int MUTANTS = 1_500;
    private static final int LEAST = 1_000;
    private static final int THREADS = 12;

    /** A word behind the zone of 'forward' that is neither an address nor a path, so maybe a name to be looked up. */
    private static final Pattern HOST_NAME = Pattern.compile(
            "\\bforward[ \\t]+\\S+([ \\t]+\\S+)*?[ \\t]+(?!/|(\\w+://)?(\\[?::1|127\\.0\\.0\\.1))[^\\s{#]");

    @TempDir
    Path folder;

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();

    @BeforeEach
    void silence() {
        level(Level.OFF);
    }

    @AfterEach
    void speak() {
        level(Level.ALL);
    }

    private static void level(Level level) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(level);
        }
    }

    @Test
    void check_mutatedCorefiles_agreesWithAStart() throws Exception {
        List<String> bases = bases();
        System.out.println("seed " + SEED + ", " + MUTANTS + " mutants of " + bases.size() + " Corefiles");
        List<Future<String>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < MUTANTS; i++) {
                SplittableRandom random = new SplittableRandom(SEED + i);
                String mutant = CorefileMutator.mutate(bases.get(i % bases.size()), random);
                outcomes.add(threads.submit(() -> compare(harmless(mutant))));
            }
        }
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < MUTANTS; i++) {
            String fault = outcomes.get(i).get();
            if (!fault.isEmpty()) {
                faults.add("seed " + (SEED + i) + ": " + fault);
            }
        }
        System.out.println(taken + " taken, " + refused + " refused, " + left + " not started for their ports");
        assertThat(faults).isEmpty();
        assertThat(taken.get() + refused.get()).isGreaterThanOrEqualTo(LEAST);
        assertThat(taken).as("not all of them are wrong").hasValueGreaterThan(LEAST / 10);
        assertThat(refused).as("not all of them are right").hasValueGreaterThan(LEAST / 10);
    }

    private List<String> bases() throws IOException {
        List<String> bases = new ArrayList<>(StockCorefiles.BY_DISTRIBUTION.values());
        CorefileExamples.in(PAGES, PluginList.builtIn().names()).stream()
                .map(Example::text)
                .forEach(bases::add);
        return bases.stream()
                .map(new CorefileSandbox(folder)::fit)
                .filter(base -> CorefileCheck.ofText(base).starts())
                .toList();
    }

    /** The same without a way out of this machine, and without waiting at the end. */
    private static String harmless(String corefile) {
        return corefile.replaceAll("\\b(?!127\\.)\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b", "127.0.0.1")
                .replaceAll("\\b[0-9a-f]{1,4}(:[0-9a-f]{0,4}){2,7}", "::1")
                .replaceAll("(lameduck\\s+)\\d+(\\.\\d+)?(ms|s|m|h)+\\b", "$10s")
                .replaceAll("(startup_timeout\\s+)\\d+(\\.\\d+)?(ms|s|m|h)+\\b", "$11ms");
    }

    private String compare(String corefile) {
        CheckReport report = CorefileCheck.ofText(corefile);
        if (report.notTried().stream().anyMatch(CheckAgreementTest::hasFixedPort)
                || HOST_NAME.matcher(corefile).find()) {
            left.incrementAndGet();
            return "";
        }
        List<String> reasons = report.problems().stream()
                .filter(problem -> problem.severity().refuses())
                .map(Problem::toString)
                .toList();
        if (reasons.stream().anyMatch(reason -> reason.contains("cannot be set up"))) {
            return "a plugin throws: " + reasons + "\n" + corefile;
        }
        try (EmbeddedServer server = EmbeddedServer.start(corefile)) {
            taken.incrementAndGet();
            return report.starts() ? "" : "a start takes it, a check finds " + reasons + "\n" + corefile;
        } catch (CorefileException e) {
            refused.incrementAndGet();
            List<String> startReasons =
                    e.problems().stream().map(Problem::toString).toList();
            return startReasons.equals(reasons)
                    ? ""
                    : "start: " + startReasons + "\ncheck: " + reasons + "\n" + corefile;
        } catch (IOException | RuntimeException e) {
            return "a start fails with " + e + ", check: " + reasons + "\n" + corefile;
        }
    }

    private static boolean hasFixedPort(String line) {
        return URI.create(line.substring(line.lastIndexOf(' ') + 1).replace("://:", "://any:"))
                        .getPort()
                != 0;
    }
}
