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
 */
public record SceneResult(
        LossScene scene, ClientTally forwarded, ClientTally cluster, long sent, long lost, long arrived, long replied) {
    /** Packets to upstreams beyond one for each query and for each packet that was lost, in percent of the queries. */
    public double extraPercent() {
        return 100.0 * (sent - lost - forwarded.asked() - forwarded.repeated()) / forwarded.asked();
    }

    /** For a reader. */
    public String words() {
        return "%s: forwarded: %s; cluster: %s; to upstreams %d packets, %d lost, %.1f %% extra; %d queries, %d responses"
                .formatted(
                        scene.words(),
                        forwarded.words(),
                        cluster.words(),
                        sent,
                        lost,
                        extraPercent(),
                        arrived,
                        replied);
    }
}
