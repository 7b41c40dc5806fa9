package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CorefileParserTest {
    private final List<Problem> warnings = new ArrayList<>();

    private List<ServerBlock> parse(String text) throws CorefileException {
        return CorefileParser.parse(CorefileSource.of(text), warnings::add);
    }

    @Test
    void parse_directiveWithBlock_argsAndPropertiesInOrder() throws CorefileException {
        List<ServerBlock> blocks = parse("""
                .:53 {
                    errors
                    health {
                        lameduck 5s
                    }
                    forward . 10.0.0.1 "10.0.0.2" {
                        max_concurrent 1000
                        except a.org b.org # not these
                    }
                }
                """);

        assertThat(blocks).hasSize(1);
        ServerBlock block = blocks.get(0);
        assertThat(block.zoneKeys()).extracting(ZoneKey::toString).containsExactly("dns://.:53");
        assertThat(block.directives())
                .extracting(directive -> directive.name().text())
                .containsExactly("errors", "health", "forward");
        Directive forward = block.directives().get(2);
        assertThat(forward.position()).hasToString("Corefile:6:5");
        assertThat(forward.argTexts()).containsExactly(".", "10.0.0.1", "10.0.0.2");
        assertThat(forward.hasBlock()).isTrue();
        assertThat(forward.properties())
                .extracting(Directive::argTexts)
                .containsExactly(List.of("1000"), List.of("a.org", "b.org"));
        assertThat(warnings).isEmpty();
    }
}
