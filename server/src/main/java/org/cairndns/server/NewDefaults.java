package org.cairndns.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairndns.corefile.Change;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;

/** What the Corefiles of today's distributions hold and an older one does not, as far as it serves a cluster. */
final class NewDefaults {
    private final Problems hints;

    private NewDefaults(Consumer<Problem> hints) {
        this.hints = new Problems(hints);
    }

    /** A hint for each line that the blocks with {@code kubernetes} lack. */
    static List<Problem> missing(List<ServerBlock> blocks) {
        List<Problem> found = new ArrayList<>();
        NewDefaults defaults = new NewDefaults(found::add);
        boolean ready = blocks.stream().anyMatch(block -> has(block, "ready"));
        for (ServerBlock block : blocks) {
            if (has(block, "kubernetes")) {
                defaults.look(block, ready);
            }
        }
        return found;
    }

    private void look(ServerBlock block, boolean ready) {
        Position start = block.keys().getFirst().position();
        if (!ready) {
            report(start, History.of("ready"));
        }
        if (has(block, "forward") && !has(block, "loop")) {
            report(start, History.of("loop"));
        }
        property(block, "health", "lameduck");
        property(block, "forward", "max_concurrent");
    }

    private void property(ServerBlock block, String directive, String property) {
        for (Directive occurrence : block.directives(directive)) {
            if (occurrence.properties().stream()
                    .noneMatch(line -> line.name().text().equals(property))) {
                report(occurrence.position(), History.of(directive, property));
            }
        }
    }

    private void report(Position position, Optional<Change> row) {
        row.ifPresent(change -> hints.report(position, change));
    }

    private static boolean has(ServerBlock block, String directive) {
        return !block.directives(directive).isEmpty();
    }
}
