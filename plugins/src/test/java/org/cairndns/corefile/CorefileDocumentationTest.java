package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/corefile.md}. A fence {@code corefile} is parsed, {@code corefile NAME} is a file beside it,
 * and {@code text} holds the problems or warnings of the example before it.
 */
final class CorefileDocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "corefile.md");
    private static final Pattern FENCE = Pattern.compile("```(corefile|text) ?(.*)\n((?s:.*?))```");
    private static final Map<String, String> ENVIRONMENT = Map.of("ZONE", "example.org", "PORT", "1053", "TTL", "30");

    @TempDir
    Path directory;

    private record Example(String text, List<String> messages) {}

    private List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (MatchResult fence : FENCE.matcher(Files.readString(PAGE)).results().toList()) {
            String content = fence.group(3);
            if (fence.group(1).equals("text")) {
                Example example = examples.removeLast();
                examples.add(new Example(example.text(), content.lines().toList()));
            } else if (fence.group(2).isEmpty()) {
                examples.add(new Example(content, List.of()));
            } else {
                Path file = directory.resolve(fence.group(2));
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
            }
        }
        return examples;
    }

    @Test
    void examples_parsed_meanWhatThePageSays() throws IOException {
        List<Example> examples = examples();

        assertThat(examples).hasSize(8);
        for (Example example : examples) {
            Parsed parsed = Parsed.of(new CorefileSource(example.text(), "Corefile", directory, ENVIRONMENT));
            List<String> messages = Stream.concat(parsed.problems().stream(), parsed.warnings().stream())
                    .map(message -> message.replace(directory.toString(), "/etc/coredns"))
                    .toList();
            assertThat(messages).as(example.text()).isEqualTo(example.messages());
        }
    }
}
