package org.cairndns.plugin.view.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Conditions joined by {@code or} or by {@code and}, any number of them on one level.
 *
 * @param any true for {@code or}
 */
record Junction(boolean any, List<Node> conditions) implements Evaluation {
    /** The two joined, empty if one of them is no condition. */
    static Optional<Node> of(boolean any, Node left, Node right) {
        if (!isCondition(left) || !isCondition(right)) {
            return Optional.empty();
        }
        List<Node> conditions = new ArrayList<>();
        if (left.evaluation() instanceof Junction before && before.any == any) {
            conditions.addAll(before.conditions);
        } else {
            conditions.add(left);
        }
        conditions.add(right);
        Junction junction = new Junction(any, List.copyOf(conditions));
        return Optional.of(Node.of(ValueType.Simple.BOOL, junction, conditions.toArray(Node[]::new)));
    }

    private static boolean isCondition(Node node) {
        return node.type().isBool() || node.type().isAny();
    }

    @Override
    public Object of(Frame frame) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).test(frame) == any) {
                return any;
            }
        }
        return !any;
    }
}
