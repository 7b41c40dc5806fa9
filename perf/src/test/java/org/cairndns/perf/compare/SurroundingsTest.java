package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    private Path folder;

    private Path tree;

    @BeforeEach
    void commitATree() throws IOException {
        assumeTrue(Surroundings.onPath("git").isPresent(), "no git here: skipped");
        tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("perf"));
        Files.writeString(tree.resolve("perf/README.md"), "text");
        git("init", "-q");
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "perf: a page");
    }

    private void git(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", tree.toString()));
        command.addAll(List.of(words));
        RootCommand.run(command, "");
    }

    @Test
    void commit_tree_isItsLast() throws Exception {
        assertThat(Surroundings.commit(tree)).endsWith(" perf: a page");
    }

    @Test
    void commit_folderWithLinksIntoATree_isThatOfTheTree() throws Exception {
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("perf"), tree.resolve("perf"));

        assertThat(Surroundings.commit(links)).isEqualTo(Surroundings.commit(tree));
    }

    @Test
    void commit_folderWithoutATree_isNotKnown() throws Exception {
        Files.createDirectories(folder.resolve("empty/perf"));

        assertThat(Surroundings.commit(folder.resolve("empty"))).isEqualTo("no commit is known");
    }
}
