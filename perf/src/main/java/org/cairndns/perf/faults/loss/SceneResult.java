package org.cairndns.perf.faults.loss;

/**
 * What came of a scene.
 *
 * @param forwarded names that the server asks upstreams for
 * @param cluster names that it knows
 * @param sent packets to both upstreams, lost ones among them
 * @param lost packets to and from both upstreams that the kernel lost
 * @param arrived queries that reached the server
 * @param replied responses that left it
 * @param inTime those of the forwarded names of which nothing was lost
 */
public record SceneResult(
        LossScene scene,
        ClientTally forwarded,
        ClientTally cluster,
        long sent,
        long lost,
        long arrived,
        long replied,
        InTime inTime) {
    /**
     * Forwarded names that take a known number of packets: one, or two where the first upstream was late; a lost packet makes an
     * answer later than that.
     *
     * @param prompt names with answers before any upstream can have been late
     * @param late names with answers before any upstream can have been overdue
     * @param beyond packets to upstreams beyond one for each of the former and two for each of the latter
     */
    public record InTime(long prompt, long late, long beyond) {
        /** For a reader. */
        public String words() {
            return "%d beyond one for each of %d and two for each of %d".formatted(beyond, prompt, late);
        }
    }

    /** Packets to upstreams beyond one for each query and for each packet that was lost, in percent of the queries. */
    public double extraPercent() {
        return 100.0 * (sent - lost - forwarded.asked() - forwarded.repeated()) / forwarded.asked();
    }

    /** For a reader. */
    public String words() {
        return "%s: forwarded: %s; cluster: %s; to upstreams %d packets, %d lost, %.1f %% extra, %s; %d queries, %d responses"
                .formatted(
                        scene.words(),
                        forwarded.words(),
                        cluster.words(),
                        sent,
                        lost,
                        extraPercent(),
                        inTime.words(),
                        arrived,
                        replied);
    }
}
