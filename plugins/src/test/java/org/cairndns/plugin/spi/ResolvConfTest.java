package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolvConfTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "search a.example b.example, a.example b.example",
        "'search a.example\nsearch b.example', b.example",
        "'domain a.example\nsearch b.example', b.example",
        "'search b.example\ndomain a.example', a.example",
        "'\tsearch  A.example.\tb.example  ', a.example b.example",
        "search . a..b a.example, a.example",
        "'# search a.example', ''",
        "'search a.example\nsearch', ''",
        "'domain', ''",
        "'', ''",
    })
    void searchPath_lines_theLastOneCounts(String text, String expected) throws Exception {
        List<DomainName> names = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream().map(DomainName::of).toList();

        assertThat(ResolvConf.searchPath(file(text))).isEqualTo(names);
    }

    @Test
    void nameServers_linesWithAddresses_inOrder() throws Exception {
        assertThat(ResolvConf.nameServers(
                        file("nameserver 10.0.0.10\nnameserver\nnameserver x\n nameserver fe80::1%eth0\nsearch a.b\n")))
                .containsExactly(InetAddress.ofLiteral("10.0.0.10"), InetAddress.ofLiteral("fe80::1"));
    }

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("resolv.conf"), text);
    }
}
