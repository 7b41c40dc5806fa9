package org.cairndns.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A query of a dashboard or an alert that others made.
 *
 * @param expected what it is to give where nothing is wrong
 */
record PublicQuery(Query query, Expected expected) {
    /** What a query gives. */
    enum Expected {
        DATA,
        NOTHING,
        /** That depends on how busy the machine is. */
        EITHER;

        private static Expected of(String sign) {
            return switch (sign) {
                case "+" -> DATA;
                case "-" -> NOTHING;
                case "?" -> EITHER;
                default -> throw new IllegalArgumentException(sign);
            };
        }
    }

    private static final String FILE = "public-queries.txt";

    static List<PublicQuery> all() {
        try (InputStream in = Objects.requireNonNull(PublicQuery.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(PublicQuery::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PublicQuery read(String line) {
        String[] parts = line.split(" \\| ", 3);
        return new PublicQuery(new Query(parts[1], parts[2]), Expected.of(parts[0]));
    }
}
