package org.cairndns.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code deploy/image/pack} by itself, with a layer of one small file. */
class PackTest {
    @TempDir
    private Path folder;

    private Path layer;
    private Path labels;

    @BeforeEach
    void files() throws Exception {
        labels = Files.writeString(folder.resolve("labels"), "a=b\n");
        layer = folder.resolve("layer.tar");
        Commands.run("tar", "-cf", layer.toString(), "-C", folder.toString(), "labels")
                .orFail();
    }

    /** A kubelet asks containerd for names as Docker completes them, and containerd takes the annotation as it is. */
    @ParameterizedTest
    @CsvSource({
        "cairn:0.1.0,                       docker.io/library/cairn:0.1.0,      0.1.0",
        "home/cairn:0.1.0,                  docker.io/home/cairn:0.1.0,         0.1.0",
        "home/dns/cairn:latest,             docker.io/home/dns/cairn:latest,    latest",
        "localhost/cairn:0.1.0,             localhost/cairn:0.1.0,              0.1.0",
        "registry:5000/cairn:0.1.0,         registry:5000/cairn:0.1.0,          0.1.0",
        "registry.example/dns/cairn:0.1.0,  registry.example/dns/cairn:0.1.0,   0.1.0"
    })
    void name_inShortForm_isInFullForContainerd(String name, String full, String tag) throws Exception {
        pack(System.getenv("PATH"), name).orFail();

        ImageFile image = new ImageFile(folder.resolve("image.tar"), folder.resolve("image"));
        assertThat(image.annotations().get("io.containerd.image.name").asString())
                .isEqualTo(full);
        assertThat(image.annotations().get("org.opencontainers.image.ref.name").asString())
                .isEqualTo(tag);
        assertThat(image.dockerTable().at("/RepoTags/0").asString()).isEqualTo(name);
    }

    @Test
    void layer_thatCannotBeCompressed_failsThePacking() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        Path gzip = Files.writeString(programs.resolve("gzip"), "#!/bin/sh\necho half\nexit 1\n");
        Files.setPosixFilePermissions(gzip, PosixFilePermissions.fromString("rwxr-xr-x"));

        Commands.Result result = pack(programs + ":" + System.getenv("PATH"), "cairn:0.1.0");

        assertThat(result.code()).isNotZero();
        assertThat(result.output()).contains("a layer could not be compressed");
        assertThat(folder.resolve("image.tar")).doesNotExist();
    }

    private Commands.Result pack(String path, String name) throws IOException, InterruptedException {
        return Commands.run(
                "env",
                "PATH=" + path,
                "SOURCE_DATE_EPOCH=0",
                BuiltImage.home().resolve("deploy/image/pack").toString(),
                folder.resolve("image.tar").toString(),
                name,
                "amd64",
                labels.toString(),
                layer.toString());
    }
}
