package org.cairndns.plugin.template.text;

import java.util.List;

/** One step of a template. */
sealed interface Node {
    /** Text as it stands. */
    record Text(String text) implements Node {}

    /** A value that becomes text. */
    record Output(Expression value) implements Node {}

    /** A value that is computed for a variable and does not become text. */
    record Compute(Expression value) implements Node {}

    /** Steps under a condition. */
    record If(Expression condition, List<Node> then, List<Node> otherwise) implements Node {}

    /** Steps with the value as dot, unless it is empty. */
    record With(Expression value, List<Node> then, List<Node> otherwise) implements Node {}

    /**
     * Steps for each element.
     *
     * @param keySlot variable of the index or key, -1 for none
     * @param valueSlot variable of the element, -1 for none
     */
    record Range(Expression elements, int keySlot, int valueSlot, List<Node> body, List<Node> otherwise)
            implements Node {}

    /** The end of a {@code range}. */
    record Break() implements Node {}

    /** The end of one turn of a {@code range}. */
    record Continue() implements Node {}
}
