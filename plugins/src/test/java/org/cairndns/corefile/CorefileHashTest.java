package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cairndns.corefile.testing.StockCorefiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hashes that CoreDNS 1.14.7 printed for the same files. */
final class CorefileHashTest {
    @TempDir
    Path directory;

    private static String hash(CorefileSource source) throws CorefileException {
        return CorefileHash.sha512(source, CorefileParser.parse(source, warning -> {}));
    }

    private static String hash(String text) throws CorefileException {
        return hash(CorefileSource.of(text));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "upstream addon, 591cf328cccc12bc490481273e738df59329c62c0b729d94e8b61db9961c2fa5f046dd37f1cf888b953814040d180f52594972691cd6ff41be96639138a43908",
        "kubeadm, 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b",
        "MicroK8s, 43edf0ade6cfd848ae753cd57d78af6b86204af2762855d77e13df69c923e57c2c12dafcc8886e5de06d89219a3e18af1856918a514f909ae94b3253fdc04caa",
        "k3s, b941b080e5322f6519009bb49349462c7ddb6317425b0f6a83e5451175b720703949e3f3b454a24e77f3ffe57fd5e9c6130e528a5a1dd00d9000e4afd6c1108d",
        "node-local-dns, 954f7703c46f147adf959dadac5e9e1af760c6c3c67c958bbdd5c7fa266b31f3b8a3d5a1a67dfacc776c0e3cb1cda9360e60aa82c847a5935cb53d88066f213e"
    })
    void sha512_stockCorefile_equalsCoreDns(String distribution, String hash) throws CorefileException {
        assertThat(hash(StockCorefiles.BY_DISTRIBUTION.get(distribution))).isEqualTo(hash);
    }

    @Test
    void sha512_escapesRepetitionsAndReferences_equalsCoreDns() throws CorefileException {
        String text = "example.org, tls://Example.NET:853 10.0.0.0/15 {\n"
                + "  log . \"<{remote}> & \\\"x\\\"\\t\\\\\n\u2028\" # c\n"
                + "  rewrite {$A}\n  rewrite b\n  {$B} \"a\tb\" {\n  }\n}\n";
        CorefileSource source = new CorefileSource(text, "Corefile", Path.of(""), Map.of("A", "one two", "B", "acl"));

        assertThat(hash(source))
                .isEqualTo("7d34d60007bc244852b9bc4ad5c959048d5f2cdebf6eacc281b380d35cb6c909"
                        + "ada9c2a18a8137c6afd5917267ebe0169d1a9c0f116a0c2064a11ceb4174531f");
    }

    @Test
    void sha512_noBlocks_equalsCoreDns() throws CorefileException {
        assertThat(hash("# nothing"))
                .isEqualTo("04f8ff2682604862e405bf88de102ed7710ac45c1205957625e4ee3e5f5a2241"
                        + "e453614acc451345b91bafc88f38804019c7492444595674e94e8cf4be53817f");
    }

    @Test
    void json_importedFile_absolutePathAndLinesOfThatFile() throws IOException, CorefileException {
        Path file = Files.writeString(directory.resolve("part.conf"), "\nlog\b\f\u0001\n");
        CorefileSource source =
                new CorefileSource(". {\n import part.conf\n errors\n}\n", "/etc/Corefile", directory, Map.of());
        List<ServerBlock> blocks = CorefileParser.parse(source, warning -> {});

        assertThat(CorefileHash.json("/etc/Corefile", blocks))
                .isEqualTo("[{\"Keys\":[\".\"],\"Tokens\":{\"errors\":[{\"File\":\"\",\"Line\":3,\"Text\":\"errors\"}],"
                        + "\"log\\b\":[{\"File\":\"" + file + "\",\"Line\":2,\"Text\":\"log\\b\"},"
                        + "{\"File\":\"" + file + "\",\"Line\":2,\"Text\":\"\\u0001\"}]}}]");
    }

    @Test
    void sha512_movedLines_differ_trailingCommentsDoNot() throws CorefileException {
        String hash = hash(". {\n errors\n}\n");

        assertThat(hash(". {\n errors # all of them\n}\n# end\n")).isEqualTo(hash);
        assertThat(hash("# start\n. {\n errors\n}\n")).isNotEqualTo(hash);
    }
}
