package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.BOOL;
import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;
import static org.cairndns.plugin.view.expression.ValueType.Simple.STRING;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Functions of strings. */
final class StringFunctions {
    private static final ValueType STRINGS = new ValueType.Listed(STRING);

    /** Characters that {@code repeat} and {@code replace} make at most. */
    private static final int MAX_CHARACTERS = 100_000;

    private StringFunctions() {}

    static Map<String, Function> all() {
        return Map.ofEntries(
                Map.entry(
                        "lower",
                        of(STRING, 1, List.of(STRING), args -> text(args, 0).toLowerCase(Locale.ROOT))),
                Map.entry(
                        "upper",
                        of(STRING, 1, List.of(STRING), args -> text(args, 0).toUpperCase(Locale.ROOT))),
                Map.entry("trim", of(STRING, 1, List.of(STRING, STRING), StringFunctions::trim)),
                Map.entry("trimPrefix", of(STRING, 1, List.of(STRING, STRING), StringFunctions::trimPrefix)),
                Map.entry("trimSuffix", of(STRING, 1, List.of(STRING, STRING), StringFunctions::trimSuffix)),
                Map.entry("split", of(STRINGS, 2, List.of(STRING, STRING, INT), StringFunctions::split)),
                Map.entry("join", of(STRING, 1, List.of(STRINGS, STRING), StringFunctions::join)),
                Map.entry("replace", of(STRING, 3, List.of(STRING, STRING, STRING, INT), StringFunctions::replace)),
                Map.entry("repeat", of(STRING, 2, List.of(STRING, INT), StringFunctions::repeat)),
                Map.entry("indexOf", of(INT, 2, List.of(STRING, STRING), args ->
                        (long) text(args, 0).indexOf(text(args, 1)))),
                Map.entry("lastIndexOf", of(INT, 2, List.of(STRING, STRING), args ->
                        (long) text(args, 0).lastIndexOf(text(args, 1)))),
                Map.entry(
                        "hasPrefix",
                        of(
                                BOOL,
                                2,
                                List.of(STRING, STRING),
                                args -> text(args, 0).startsWith(text(args, 1)))),
                Map.entry(
                        "hasSuffix",
                        of(
                                BOOL,
                                2,
                                List.of(STRING, STRING),
                                args -> text(args, 0).endsWith(text(args, 1)))));
    }

    private static Function of(ValueType result, int required, List<ValueType> parameters, FixedFunction.Body body) {
        return new FixedFunction(result, parameters, required, body);
    }

    private static String text(Object[] arguments, int index) {
        return Values.asString(arguments[index]);
    }

    private static String trim(Object[] arguments) {
        String text = text(arguments, 0);
        String cut = arguments.length > 1 ? text(arguments, 1) : "";
        int start = 0;
        int end = text.length();
        while (start < end && isCut(text.charAt(start), cut, arguments.length)) {
            start++;
        }
        while (end > start && isCut(text.charAt(end - 1), cut, arguments.length)) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isCut(char c, String cut, int arguments) {
        return arguments > 1 ? cut.indexOf(c) >= 0 : Character.isWhitespace(c);
    }

    private static String trimPrefix(Object[] arguments) {
        String text = text(arguments, 0);
        String prefix = arguments.length > 1 ? text(arguments, 1) : " ";
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String trimSuffix(Object[] arguments) {
        String text = text(arguments, 0);
        String suffix = arguments.length > 1 ? text(arguments, 1) : " ";
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** As Go's SplitN: no separator means single characters, a limit of 0 no part, one below 0 no limit. */
    private static List<String> split(Object[] arguments) {
        String text = text(arguments, 0);
        String separator = text(arguments, 1);
        long limit = arguments.length > 2 ? Values.asInt(arguments[2]) : -1;
        List<String> parts = new ArrayList<>();
        if (limit == 0 || separator.isEmpty() && text.isEmpty()) {
            return parts;
        }
        int from = 0;
        while (parts.size() + 1 != limit) {
            int end = separator.isEmpty() ? nextCharacter(text, from) : text.indexOf(separator, from);
            if (end < 0 || separator.isEmpty() && end == text.length()) {
                break;
            }
            parts.add(text.substring(from, end));
            from = end + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static int nextCharacter(String text, int from) {
        return from + Character.charCount(text.codePointAt(from));
    }

    private static String join(Object[] arguments) {
        String separator = arguments.length > 1 ? text(arguments, 1) : "";
        return Values.asList(arguments[0]).stream().map(Values::asString).collect(Collectors.joining(separator));
    }

    private static String replace(Object[] arguments) {
        String text = text(arguments, 0);
        String old = text(arguments, 1);
        String other = text(arguments, 2);
        long limit = arguments.length > 3 ? Values.asInt(arguments[3]) : -1;
        checkLength((long) text.length() + (text.length() + 1L) * other.length());
        if (limit < 0) {
            return text.replace(old, other);
        }
        if (old.isEmpty()) {
            throw new EvaluationException("nothing to replace a number of times");
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (long i = 0; i < limit; i++) {
            int at = text.indexOf(old, from);
            if (at < 0) {
                break;
            }
            out.append(text, from, at).append(other);
            from = at + old.length();
        }
        return out.append(text, from, text.length()).toString();
    }

    private static String repeat(Object[] arguments) {
        String text = text(arguments, 0);
        long times = Values.asInt(arguments[1]);
        if (times < 0 || times > MAX_CHARACTERS) {
            throw new EvaluationException("cannot repeat " + times + " times");
        }
        checkLength(times * text.length());
        return text.repeat((int) times);
    }

    private static void checkLength(long characters) {
        if (characters > MAX_CHARACTERS) {
            throw new EvaluationException("string of " + characters + " characters");
        }
    }
}
