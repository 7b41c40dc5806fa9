package org.cairndns.plugin.health.status;

import java.util.List;
import org.cairndns.plugin.spi.Overview;

/** The server blocks, each with its handlers in the order that queries pass them. */
final class BlockPart {
    /** A block for the networks of RFC 1918 may have hundreds. */
    private static final int MAX_ZONES = 12;

    private BlockPart() {}

    static void write(Status status, Markup out) {
        List<Overview.Block> blocks = status.server().overview().blocks();
        if (blocks.isEmpty()) {
            return;
        }
        out.begin("section", "class", "card", "aria-labelledby", "blocks")
                .element("h2", "Server blocks", "id", "blocks")
                .element("p", "The way of a query, from left to right.", "class", "note");
        for (Overview.Block block : blocks) {
            write(block, out);
        }
        out.end();
    }

    private static void write(Overview.Block block, Markup out) {
        String zones = String.join(
                "  ", block.zones().subList(0, Math.min(MAX_ZONES, block.zones().size())));
        int more = block.zones().size() - MAX_ZONES;
        out.begin("div", "class", "block")
                .begin("h3")
                .element("code", zones)
                .text(more > 0 ? " and " + more + " more" : "")
                .element("span", zones.equals(".") ? " every name that has no block of its own" : "", "class", "note")
                .end()
                .element(
                        "p",
                        "on " + String.join(", ", block.servers())
                                + (block.view().isEmpty() ? "" : ", view " + block.view()),
                        "class",
                        "note");
        out.begin("ol", "class", "chain");
        block.handlers().forEach(handler -> out.element("li", handler));
        if (block.handlers().isEmpty()) {
            out.element("li", "no handler: every query is refused");
        }
        out.end().end();
    }
}
