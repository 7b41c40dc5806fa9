package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.ANY;
import static org.cairndns.plugin.view.expression.ValueType.Simple.BOOL;
import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Functions that look at each element of a list, {@code #} in their second argument. */
final class Predicates {
    /** Their names. */
    static final Set<String> NAMES = Set.of("all", "any", "none", "one", "count", "filter", "map", "find", "findIndex");

    private Predicates() {}

    /**
     * The node of a call with two arguments.
     *
     * @param call of one of {@link #NAMES}, whose first argument is a list as far as is known
     */
    static Node call(Call call) throws ExpressionException {
        Node list = call.argument(0);
        Node predicate = call.argument(1);
        if (!call.name().equals("map")
                && !predicate.type().isBool()
                && !predicate.type().isAny()) {
            throw call.fault("expected a predicate of type bool, got " + predicate.type());
        }
        Evaluation test = predicate.evaluation();
        return switch (call.name()) {
            case "all" -> Node.varying(BOOL, frame -> count(list, test, frame, false, 1) == 0, call.parts());
            case "any" -> Node.varying(BOOL, frame -> count(list, test, frame, true, 1) == 1, call.parts());
            case "none" -> Node.varying(BOOL, frame -> count(list, test, frame, true, 1) == 0, call.parts());
            case "one" ->
                Node.varying(BOOL, frame -> count(list, test, frame, true, Long.MAX_VALUE) == 1, call.parts());
            case "count" -> Node.varying(INT, frame -> count(list, test, frame, true, Long.MAX_VALUE), call.parts());
            case "find" -> Node.varying(list.type().elementType(), frame -> find(list, test, frame), call.parts());
            case "findIndex" -> Node.varying(INT, frame -> findIndex(list, test, frame), call.parts());
            case "filter" ->
                Node.varying(
                        list.type().isList() ? list.type() : new ValueType.Listed(ANY),
                        frame -> filter(list, test, frame),
                        call.parts());
            default ->
                Node.varying(new ValueType.Listed(predicate.type()), frame -> map(list, test, frame), call.parts());
        };
    }

    /** Number of elements for which the predicate is as wanted, at most {@code limit}. */
    private static long count(Node list, Evaluation test, Frame frame, boolean wanted, long limit) {
        long count = 0;
        for (Object element : Values.asList(list.value(frame))) {
            if (Values.asBool(frame.with(element, test)) == wanted && ++count == limit) {
                break;
            }
        }
        return count;
    }

    private static Object find(Node list, Evaluation test, Frame frame) {
        for (Object element : Values.asList(list.value(frame))) {
            if (Values.asBool(frame.with(element, test))) {
                return element;
            }
        }
        return Nil.NIL;
    }

    private static Object findIndex(Node list, Evaluation test, Frame frame) {
        long index = 0;
        for (Object element : Values.asList(list.value(frame))) {
            if (Values.asBool(frame.with(element, test))) {
                return index;
            }
            index++;
        }
        return Nil.NIL;
    }

    private static List<Object> filter(Node list, Evaluation test, Frame frame) {
        List<Object> found = new ArrayList<>();
        for (Object element : Values.asList(list.value(frame))) {
            if (Values.asBool(frame.with(element, test))) {
                found.add(element);
            }
        }
        return found;
    }

    private static List<Object> map(Node list, Evaluation mapping, Frame frame) {
        List<Object> results = new ArrayList<>();
        for (Object element : Values.asList(list.value(frame))) {
            results.add(frame.with(element, mapping));
        }
        return results;
    }
}
