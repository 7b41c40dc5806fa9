package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineupTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void absent_programsThatAreNotThere_saysWhereToGetThem() {
        Setting setting = new Setting();
        setting.coreDns = Optional.empty();
        setting.alsoCairn = Optional.of(folder);

        assertThat(new Lineup(setting, List.of(Contender.COREDNS, Contender.CAIRN_B, Contender.CAIRN)).absent())
                .containsExactly(
                        "cairn-b is not there: a second source tree of Cairn: --also-cairn FOLDER",
                        "coredns is not there: set COREDNS to the program");
    }

    @Test
    void peers_wantedServers_takeTurnsInAFixedOrderWithPortsOfTheirOwn() throws IOException, InterruptedException {
        Setting setting = new Setting();
        setting.coreDns = Optional.of(Path.of("/bin/true"));
        setting.home = folder;

        List<Peer> peers = new Lineup(setting, List.of(Contender.ECHO_NETTY, Contender.COREDNS, Contender.CAIRN))
                .peers(folder, folder.resolve("kubeconfig"), 5300);

        assertThat(peers).extracting(Peer::name).containsExactly("cairn", "coredns", "echo-netty");
        assertThat(peers).extracting(Peer::port).doesNotHaveDuplicates();
        assertThat(peers).extracting(Peer::mixes).element(2).isEqualTo(Contender.ECHO_NETTY.mixes());
        // The same configuration for both, but for the ports.
        assertThat(corefile(peers.get(0))).isEqualTo(corefile(peers.get(1))).contains("forward . 127.0.0.1:PORT");
    }

    private static String corefile(Peer server) throws IOException {
        return Files.readString(Path.of(server.command().getLast())).replaceAll(":\\d+", ":PORT");
    }
}
