package org.cairndns.plugin.loadbalance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cairndns.corefile.Cidr;
import org.cairndns.corefile.Position;

/** What the {@code loadbalance} directive says. */
sealed interface LoadbalanceConfig {
    /**
     * The policy {@code round_robin}.
     *
     * @param preferred networks whose addresses come first, the most preferred in front; usually none
     */
    record RoundRobin(List<Cidr> preferred) implements LoadbalanceConfig {
        public RoundRobin {
            preferred = List.copyOf(preferred);
        }
    }

    /**
     * The policy {@code weighted}.
     *
     * @param position of the file's name in the Corefile
     * @param file absolute
     * @param reload time between two looks at the file, zero for none
     */
    record Weighted(Position position, Path file, Duration reload) implements LoadbalanceConfig {}
}
