package org.cairndns.plugin.loadbalance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.corefile.Cidr;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.PathText;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.loadbalance.LoadbalanceConfig.RoundRobin;
import org.cairndns.plugin.loadbalance.LoadbalanceConfig.Weighted;

/** Reader of the {@code loadbalance} directive. */
final class LoadbalanceConfigReader {
    private static final String WEIGHTED = "weighted";
    private static final List<String> POLICIES = List.of("round_robin", WEIGHTED);
    private static final DurationBounds RELOAD =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ofSeconds(30));

    private LoadbalanceConfigReader() {}

    /** What the last of a block's directives says; networks of all since the last {@code weighted} are preferred. */
    static LoadbalanceConfig read(List<Directive> occurrences, Path directory, Problems problems) {
        List<Cidr> preferred = new ArrayList<>();
        LoadbalanceConfig config = new RoundRobin(preferred);
        for (Directive occurrence : occurrences) {
            OptionReader option = new OptionReader(occurrence, problems);
            if (!option.args().isEmpty() && option.word(0, POLICIES).equals(WEIGHTED)) {
                preferred.clear();
                config = weighted(option, directory);
            } else {
                option.hasArgs(0, 1);
                readPreferred(option, preferred);
                config = new RoundRobin(preferred);
            }
        }
        return config;
    }

    private static LoadbalanceConfig weighted(OptionReader option, Path directory) {
        Duration reload = RELOAD.standard();
        for (OptionReader property : option.properties(List.of("reload"))) {
            reload = property.duration(RELOAD);
        }
        if (!option.hasArgs(2)) {
            return new RoundRobin(List.of());
        }
        Token file = option.args().getLast();
        Optional<Path> path = PathText.read(file, directory, "weighted", option.problems());
        return path.isPresent() ? new Weighted(file.position(), path.get(), reload) : new RoundRobin(List.of());
    }

    private static void readPreferred(OptionReader option, List<Cidr> preferred) {
        for (OptionReader property : option.properties(List.of("prefer"))) {
            if (property.args().isEmpty()) {
                option.problems().warn(property.position(), "'prefer' without a network changes nothing");
            }
            for (int i = 0; i < property.args().size(); i++) {
                property.cidr(i).ifPresent(preferred::add);
            }
        }
    }
}
