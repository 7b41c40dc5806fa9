package org.cairndns.plugin.view.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.cairndns.plugin.spi.Regexps;

/** The operator {@code matches}: RE2 syntax, found anywhere in the text. */
final class Matching {
    private Matching() {}

    /** The node, empty if a side is no string. */
    static Optional<Node> of(Node left, Node right, int at) throws ExpressionException {
        boolean fits = left.type().isString() && right.type().isString()
                || ValueType.mayBe(left.type(), right.type(), ValueType::isString);
        if (!fits) {
            return Optional.empty();
        }
        if (right.constant().orElse(Nil.NIL) instanceof String text) {
            Pattern pattern = compiled(text, at);
            return Optional.of(Node.of(ValueType.Simple.BOOL, frame -> matches(left.value(frame), pattern), left));
        }
        return Optional.of(Node.of(
                ValueType.Simple.BOOL,
                frame -> {
                    Object pattern = right.value(frame);
                    return pattern != Nil.NIL && matches(left.value(frame), compiled(Values.asString(pattern)));
                },
                left,
                right));
    }

    private static boolean matches(Object value, Pattern pattern) {
        return value != Nil.NIL && pattern.matcher(Values.asString(value)).find();
    }

    private static Pattern compiled(String text, int at) throws ExpressionException {
        try {
            return compiled(text);
        } catch (EvaluationException e) {
            throw new ExpressionException("expected " + e.getMessage(), at);
        }
    }

    private static Pattern compiled(String text) {
        try {
            return Regexps.compile(text);
        } catch (IllegalArgumentException e) {
            throw new EvaluationException(
                    e.getCause() instanceof PatternSyntaxException syntax
                            ? "a regular expression in RE2 syntax, got '" + text + "' (" + syntax.getDescription() + ")"
                            : String.valueOf(e.getMessage()));
        }
    }
}
