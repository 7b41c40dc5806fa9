package org.cairndns.plugin.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Suggestions;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.Metadata;

/** Format of log lines, compiled. Immutable, any thread. */
final class LineFormat {
    private static final String COMMON = "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do}"
            + " {>bufsize}\" {rcode} {>rflags} {rsize} {duration}";
    private static final String COMBINED = COMMON + " \"{>opcode}\"";
    private static final Pattern LIKE_A_PLACEHOLDER = Pattern.compile("\\{>?[a-z_]+}");
    private static final int USUAL_CHARACTERS = 160;

    private final Part[] parts;

    private LineFormat(List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
    }

    private sealed interface Part {
        record Literal(String text) implements Part {}

        record Field(Placeholder placeholder) implements Part {}

        /** The placeholder {@code {/label}}. */
        record Meta(Metadata.Value value) implements Part {}
    }

    /** The format {@code {common}}. */
    static LineFormat common() {
        return new Compiler(Optional.empty()).compile(COMMON);
    }

    /**
     * The format that a word of the Corefile stands for. What is in braces and no placeholder stays as it is, so that
     * lines may be JSON.
     */
    static LineFormat of(Token word, Metadata metadata, Problems problems) {
        Compiler compiler = new Compiler(Optional.of(label -> metadata.value(label, word.position())));
        LineFormat format =
                compiler.compile(word.text().replace("{common}", COMMON).replace("{combined}", COMBINED));
        for (String unknown : compiler.unknown) {
            if (LIKE_A_PLACEHOLDER.matcher(unknown).matches()) {
                List<String> known = Arrays.stream(Placeholder.values())
                        .map(Placeholder::text)
                        .toList();
                problems.warn(
                        word.position(),
                        "'" + unknown + "' is no placeholder and stays as it is, expected one of "
                                + String.join(" ", known) + Suggestions.hint(unknown, known));
            }
        }
        return format;
    }

    /** The line for a query. */
    String line(Exchange exchange) {
        StringBuilder line = new StringBuilder(USUAL_CHARACTERS);
        for (Part part : parts) {
            switch (part) {
                case Part.Literal literal -> line.append(literal.text());
                case Part.Field field -> field.placeholder().append(line, exchange);
                case Part.Meta meta ->
                    line.append(meta.value().find(exchange.query()).orElse(Placeholder.NOTHING));
            }
        }
        return line.toString();
    }

    /** One pass over a format's text. */
    private static final class Compiler {
        private final List<Part> parts = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final Optional<Function<String, Metadata.Value>> metadata;

        Compiler(Optional<Function<String, Metadata.Value>> metadata) {
            this.metadata = metadata;
        }

        LineFormat compile(String text) {
            int literalStart = 0;
            int close = text.indexOf('}');
            while (close >= 0) {
                // The brace nearest to the closing one counts, which leaves those around it alone: "{ {name} }".
                int open = text.lastIndexOf('{', close);
                if (open >= literalStart) {
                    String word = text.substring(open, close + 1);
                    Optional<Part> part = part(word);
                    if (part.isPresent()) {
                        addLiteral(text.substring(literalStart, open));
                        parts.add(part.get());
                        literalStart = close + 1;
                    } else {
                        unknown.add(word);
                    }
                }
                close = text.indexOf('}', close + 1);
            }
            addLiteral(text.substring(literalStart));
            return new LineFormat(parts);
        }

        private Optional<Part> part(String word) {
            if (word.startsWith("{/")) {
                String label = word.substring(2, word.length() - 1);
                return metadata.map(values -> new Part.Meta(values.apply(label)));
            }
            return Placeholder.of(word).map(Part.Field::new);
        }

        private void addLiteral(String text) {
            if (!text.isEmpty()) {
                parts.add(new Part.Literal(text));
            }
        }
    }
}
