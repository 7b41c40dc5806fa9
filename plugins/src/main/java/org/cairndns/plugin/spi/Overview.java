package org.cairndns.plugin.spi;

import java.util.List;

/**
 * The process and what runs in it at one moment; times are those of {@link ServerContext#nanoTime}.
 *
 * @param startedNanos when the process began
 * @param ending whether it is about to end
 * @param blocks server blocks in file order
 */
public record Overview(long startedNanos, Corefile corefile, boolean ending, List<Block> blocks) {
    /** What is known before anything runs. */
    public static final Overview NOTHING = new Overview(0, new Corefile(0, 0, 0, false), false, List.of());

    public Overview {
        blocks = List.copyOf(blocks);
    }

    /**
     * The Corefile that runs.
     *
     * @param sinceNanos since when it does
     * @param reloads how many worked since the start
     * @param failedReloads how many did not
     * @param refused whether the one on the disk was refused, so that another one runs
     */
    public record Corefile(long sinceNanos, long reloads, long failedReloads, boolean refused) {}

    /**
     * A server block that runs.
     *
     * @param zones absolute, in the order of its keys
     * @param servers metrics names of its addresses, such as {@code dns://:53}
     * @param view empty without one
     * @param handlers directives in the order that queries pass them
     */
    public record Block(List<String> zones, List<String> servers, String view, List<String> handlers) {
        public Block {
            zones = List.copyOf(zones);
            servers = List.copyOf(servers);
            handlers = List.copyOf(handlers);
        }
    }
}
