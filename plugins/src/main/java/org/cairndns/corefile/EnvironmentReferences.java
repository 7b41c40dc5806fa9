package org.cairndns.corefile;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The substitution of <code>{%NAME%}</code> and then <code>{$NAME}</code> in a word. An unset variable is the empty
 * text. Values are substituted in turn until no reference is left; an empty name ends the substitution.
 */
final class EnvironmentReferences {
    /** Rounds and characters after which a value that keeps bringing references counts as endless. */
    private static final int MAX_ROUNDS = 1_000;

    private static final int MAX_LENGTH = 1 << 20;

    private final Map<String, String> environment;
    private final Problems problems;
    private final Set<Unset> unset = new HashSet<>();

    /** A reference to nothing that was told of; words are read more than once. */
    private record Unset(Position position, String name) {}

    EnvironmentReferences(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The token with its references replaced; as it was, with a problem, when they never end. */
    Token substitute(Token token) {
        if (token.text().indexOf('{') < 0) {
            return token;
        }
        String windows = substitute(token, "{%", "%}");
        return token.withText(substitute(token.withText(windows), "{$", "}"));
    }

    private String substitute(Token token, String opening, String closing) {
        String text = token.text();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            int start = text.indexOf(opening);
            int end = start < 0 ? -1 : text.indexOf(closing, start);
            int nameStart = start + opening.length();
            if (end <= nameStart) {
                return text;
            }
            String reference = text.substring(start, end + closing.length());
            String name = text.substring(nameStart, end);
            String value = environment.getOrDefault(name, "");
            if (!environment.containsKey(name) && unset.add(new Unset(token.position(), name))) {
                problems.warn(token.position(), "environment variable " + name + " is not set, read as nothing");
            }
            if ((long) occurrences(text, reference) * value.length() > MAX_LENGTH) {
                break;
            }
            text = text.replace(reference, value);
        }
        problems.add(
                token.position(),
                "endless environment reference, expected a value without a reference to itself, got " + quote(token));
        return token.text();
    }

    private static int occurrences(String text, String reference) {
        return (text.length() - text.replace(reference, "").length()) / reference.length();
    }

    private static String quote(Token token) {
        return "'" + token.text() + "'";
    }
}
