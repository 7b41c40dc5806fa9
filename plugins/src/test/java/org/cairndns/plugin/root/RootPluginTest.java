package org.cairndns.plugin.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.plugin.hosts.HostsPlugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Section;

class RootPluginTest {
    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void createZonesFolder() throws IOException {
        Files.createDirectory(folder.resolve("zones"));
        server = new FakeServer(folder);
    }

    @Test
    void directory_withoutRoot_isThatOfTheProcess() {
        assertThat(new FakeBlock(server, ".:53 {\nwhoami\n}\n").directory()).isEqualTo(folder);
    }

    @Test
    void directory_relativeRoot_liesInThatOfTheProcess() {
        FakeBlock block = block("root zones");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings()).isEmpty();
        assertThat(block.directory()).isEqualTo(folder.resolve("zones"));
        assertThat(block.server().directory()).isEqualTo(folder);
        assertThat(block.hasHandler()).isFalse();
    }

    @Test
    void directory_absoluteRoot_isTheRoot() {
        assertThat(block("root " + folder.resolve("zones")).directory()).isEqualTo(folder.resolve("zones"));
    }

    @Test
    void setup_severalRoots_theLastHolds() {
        assertThat(block("root nowhere\nroot zones").directory()).isEqualTo(folder.resolve("zones"));
    }

    @Test
    void setup_folderThatIsNotThere_warnsAndHolds() {
        FakeBlock block = block("root later");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings())
                .containsExactly("Corefile:2:6: root path '" + folder.resolve("later") + "' does not exist");
        assertThat(block.directory()).isEqualTo(folder.resolve("later"));
    }

    @Test
    void setup_file_warns() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThat(block("root file").warnings())
                .containsExactly("Corefile:2:6: root path '" + folder.resolve("file") + "' is no folder");
    }

    @Test
    void setup_wrongArguments_areProblems() {
        assertThat(block("root").problems())
                .containsExactly("Corefile:2:1: wrong number of arguments for 'root', expected 1, got 0");
        assertThat(block("root zones more").problems())
                .containsExactly("Corefile:2:12: wrong number of arguments for 'root', expected 1, got 2");
        assertThat(block("root zones {\nttl 5\n}").problems())
                .singleElement()
                .asString()
                .contains("unexpected block");
    }

    @Test
    void hosts_relativeFile_isReadFromTheRoot() throws IOException {
        Files.writeString(folder.resolve("zones/home.hosts"), "192.168.1.10 nas.home\n");
        FakeBlock block =
                new FakeBlock(server, ".:53 {\nroot zones\nhosts home.hosts\n}\n", new RootPlugin(), new HostsPlugin());
        Query query = Queries.of("nas.home.", "A");

        Reply reply = block.start()
                .chain(q -> new Reply.Failed(Rcode.REFUSED, "next"))
                .handle(query);

        assertThat(Queries.records(Queries.render(query, reply), Section.ANSWER))
                .containsExactly("nas.home. 3600 IN A 192.168.1.10");
        block.stop();
    }

    private FakeBlock block(String directives) {
        return new FakeBlock(server, ".:53 {\n" + directives + "\n}\n", new RootPlugin());
    }
}
