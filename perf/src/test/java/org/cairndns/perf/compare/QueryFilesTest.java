package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;

class QueryFilesTest {
    private static final List<SampleService> SERVICES = SampleCluster.services(100, 4);

    @TempDir
    Path folder = Path.of("");

    @Test
    void file_sameSeed_hasTheSameQueries() throws IOException {
        String first = Files.readString(new QueryFiles(newFolder("a"), SERVICES, 7).file(Mix.PODS));

        assertThat(Files.readString(new QueryFiles(newFolder("b"), SERVICES, 7).file(Mix.PODS)))
                .isEqualTo(first);
        assertThat(Files.readString(new QueryFiles(newFolder("c"), SERVICES, 8).file(Mix.PODS)))
                .isNotEqualTo(first);
    }

    @Test
    void file_cluster_asksForServicesOnly() throws IOException {
        Set<String> names = SERVICES.stream().map(SampleService::dnsName).collect(Collectors.toSet());

        assertThat(Files.readAllLines(new QueryFiles(folder, SERVICES, 7).file(Mix.CLUSTER)))
                .hasSizeGreaterThan(10_000)
                .allMatch(line -> names.contains(line.split(" ")[0]))
                .anyMatch(line -> line.endsWith(" A"))
                .anyMatch(line -> line.endsWith(" AAAA"));
    }

    @Test
    void file_missTwice_hasNoNameInCommon() throws IOException {
        QueryFiles queries = new QueryFiles(folder, SERVICES, 7);
        Set<String> first = Set.copyOf(Files.readAllLines(queries.file(Mix.MISS)));

        assertThat(Files.readAllLines(queries.file(Mix.MISS))).noneMatch(first::contains);
    }

    @Test
    void file_headless_hasQueriesInWireFormWithRoomFor1232Octets() throws IOException {
        Set<String> names = new HashSet<>();
        try (DataInputStream in =
                new DataInputStream(Files.newInputStream(new QueryFiles(folder, SERVICES, 7).file(Mix.HEADLESS)))) {
            while (in.available() > 0) {
                Message query = new Message(in.readNBytes(in.readUnsignedShort()));
                assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
                names.add(query.getQuestion().getName().toString(true));
            }
        }

        assertThat(names)
                .isEqualTo(SampleCluster.headlessServices().stream()
                        .map(SampleService::dnsName)
                        .collect(Collectors.toSet()));
    }

    private Path newFolder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
