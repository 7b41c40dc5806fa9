package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;

/** A made-up cluster with an API server, a resolver outside of it, and a folder for the files of servers. */
public final class Stage implements AutoCloseable {
    private final Setting setting;
    private final List<SampleService> cluster;
    private final Path folder;
    private final Upstream upstream;
    private final ControlPlane api;

    private Stage(Setting setting, List<SampleService> cluster, Path folder, Upstream upstream, ControlPlane api)
            throws IOException {
        this.setting = setting;
        this.cluster = cluster;
        this.folder = folder;
        this.upstream = upstream;
        this.api = api;
    }

    /** Starts the API server and loads the cluster into it. */
    public static Stage set(Setting setting, ClusterSize size) throws IOException, InterruptedException {
        List<SampleService> cluster = SampleCluster.services(size.services, size.endpoints);
        Path folder = Files.createTempDirectory("perf-latency");
        Upstream upstream = Upstream.start();
        try {
            ControlPlane api =
                    ControlPlane.start(setting.assets.orElseThrow(), folder.resolve("api"), setting.cores(), cluster);
            return new Stage(setting, cluster, folder, upstream, api);
        } catch (IOException | InterruptedException | RuntimeException e) {
            upstream.close();
            Setting.delete(folder);
            throw e;
        }
    }

    /** Those of the wanted servers that this machine has and that can be asked a mix, not started yet. */
    public List<Peer> peers(Set<Contender> wanted, Mix mix) throws IOException, InterruptedException {
        List<Contender> able = wanted.stream()
                .filter(contender -> contender.mixes().contains(mix))
                .toList();
        return new Lineup(setting, able).peers(folder, api.kubeconfig(), upstream.port());
    }

    /** Starts a server on its processor; it answers when this returns. */
    public RunningPeer start(Peer peer) throws IOException, InterruptedException {
        return RunningPeer.start(
                peer, folder, setting.cores(), cluster.getFirst().dnsName());
    }

    /** The file with the queries of a mix. */
    public Path queries(Mix mix, long seed) throws IOException {
        return new QueryFiles(folder, cluster, seed).file(mix);
    }

    /** Where files of servers belong; it is removed in the end. */
    public Path folder() {
        return folder;
    }

    /** The resolver outside of the cluster. */
    public Upstream upstream() {
        return upstream;
    }

    /** What the API server was loaded with. */
    public List<SampleService> cluster() {
        return cluster;
    }

    public ControlPlane api() {
        return api;
    }

    @Override
    public void close() throws IOException {
        api.close();
        upstream.close();
        Setting.delete(folder);
    }
}
