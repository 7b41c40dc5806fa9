package org.cairndns.corefile;

import java.nio.file.Path;
import java.util.Map;

/**
 * A Corefile before parsing, with everything its meaning depends on.
 *
 * @param text the content; a leading byte order mark is ignored
 * @param file the name to show in positions, such as {@code Corefile} or the path as given on the command line
 * @param baseDirectory what relative imports of the main file start from; made absolute by the parser
 * @param environment the variables that <code>{$NAME}</code> refers to
 */
public record CorefileSource(String text, String file, Path baseDirectory, Map<String, String> environment) {

    public CorefileSource {
        environment = Map.copyOf(environment);
    }

    /** A source without imports or variables, named {@code Corefile}: for built-in configurations. */
    public static CorefileSource of(String text) {
        return new CorefileSource(text, "Corefile", Path.of(""), Map.of());
    }
}
