package org.cairndns.server;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairndns.corefile.Problem;

/** The outcome of a check as one JSON object, whose shape {@code docs/checking-a-corefile.md} describes. */
final class CheckJson {
    private CheckJson() {}

    /** One line per problem, so that two outputs compare well. */
    static String of(List<CheckReport> reports) {
        return "{\"files\": " + array(reports, "", CheckJson::file) + "}\n";
    }

    private static String file(CheckReport report) {
        return "{\"file\": " + string(report.file())
                + ", \"starts\": " + report.starts()
                + ", \"startsElsewhere\": " + report.startsElsewhere()
                + ", \"warns\": " + report.warns()
                + ",\n  \"problems\": " + array(report.problems(), "  ", CheckJson::problem)
                + ",\n  \"notTried\": " + array(report.notTried(), "  ", CheckJson::string) + "}";
    }

    private static String problem(Problem problem) {
        return "{\"severity\": " + string(problem.severity().text())
                + ", \"file\": " + string(problem.position().file())
                + ", \"line\": " + problem.position().line()
                + ", \"column\": " + problem.position().column()
                + ", \"message\": " + string(problem.message())
                + ", \"remedy\": " + string(problem.remedy()) + "}";
    }

    private static <T> String array(List<T> items, String indent, Function<T, String> writer) {
        return items.stream()
                .map(writer)
                .map(item -> "\n" + indent + "  " + item)
                .collect(Collectors.joining(",", "[", items.isEmpty() ? "]" : "\n" + indent + "]"));
    }

    /** RFC 8259 7: quote, backslash and control characters are escaped. */
    private static String string(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || Character.isSurrogate(character)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
