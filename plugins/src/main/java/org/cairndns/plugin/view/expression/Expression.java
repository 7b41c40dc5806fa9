package org.cairndns.plugin.view.expression;

import java.util.Map;
import org.cairndns.wire.Query;

/**
 * A condition on queries. Immutable, any thread.
 *
 * @param type of its values; unless that is bool, no query ever passes
 */
public record Expression(ValueType type, Evaluation evaluation) {
    /**
     * Compiles a text.
     *
     * @param functions that may be called besides those of the language
     * @throws ExpressionException with the first fault and its place
     */
    public static Expression compile(String text, Map<String, Function> functions) throws ExpressionException {
        Node node = new ExpressionParser(text, new Functions(functions)).parse();
        return new Expression(node.type(), node.evaluation());
    }

    /** True if the value for the query is true; one that cannot be found is not. */
    public boolean test(Query query) {
        try {
            return Boolean.TRUE.equals(evaluation.of(Frame.of(query)));
        } catch (EvaluationException e) {
            return false;
        }
    }
}
