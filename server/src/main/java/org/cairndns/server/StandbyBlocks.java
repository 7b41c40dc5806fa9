package org.cairndns.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Severity;
import org.cairndns.corefile.Token;

/** Server blocks that cannot answer because this machine lacks something that they name. */
final class StandbyBlocks {
    /** Directives that are about the process; probes and metrics must not go away with a certificate. */
    private static final Set<String> KEPT = Set.of("health", "ready", "prometheus", "pprof", "reload", "debug");

    private StandbyBlocks() {}

    /** The blocks that the problems are about; none if one of the problems is of another kind or of no block. */
    static Set<ServerBlock> lacking(List<ServerBlock> blocks, List<Problem> problems) {
        Set<ServerBlock> found = new LinkedHashSet<>();
        for (Problem problem : problems) {
            List<ServerBlock> places = blocks.stream()
                    .filter(block -> block.directives().stream().anyMatch(d -> has(d, problem.position())))
                    .toList();
            if (problem.severity() != Severity.MISSING || places.isEmpty()) {
                return Set.of();
            }
            found.addAll(places);
        }
        return found;
    }

    private static boolean has(Directive directive, Position position) {
        return directive.tokens().stream().map(Token::position).anyMatch(position::equals);
    }

    /** What of such a block works. */
    static ServerBlock rest(ServerBlock block) {
        List<Directive> kept = block.directives().stream()
                .filter(directive -> KEPT.contains(directive.name().text()))
                .toList();
        return new ServerBlock(block.keys(), block.zoneKeys(), kept);
    }
}
