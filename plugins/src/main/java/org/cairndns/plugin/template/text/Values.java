package org.cairndns.plugin.template.text;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Go's templates make of a value: whether it counts as true, its text, its order. */
final class Values {
    private Values() {}

    /** False for what is empty or zero. */
    static boolean isTrue(Object value) {
        return switch (value) {
            case Boolean set -> set;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> value != NoValue.INSTANCE;
        };
    }

    static String text(Object value) {
        return switch (value) {
            case NoValue none -> "<no value>";
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? String.valueOf(number.longValue())
                        : number.toString();
            case List<?> list -> list.stream().map(Values::text).collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> map ->
                new TreeMap<>(map)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
                                .collect(Collectors.joining(" ", "map[", "]"));
            case Method method -> throw new TemplateFailureException("method without arguments");
            default -> value.toString();
        };
    }

    static boolean equal(Object one, Object other) {
        if (one == NoValue.INSTANCE || other == NoValue.INSTANCE) {
            return one.equals(other);
        }
        checkComparable(one, other);
        return one.equals(other);
    }

    /** As {@link Comparable#compareTo}. */
    static int compare(Object one, Object other) {
        checkComparable(one, other);
        return switch (one) {
            case Long number -> number.compareTo((Long) other);
            case Double number -> number.compareTo((Double) other);
            case String text -> text.compareTo((String) other);
            default -> throw new TemplateFailureException("values of type " + type(one) + " have no order");
        };
    }

    private static void checkComparable(Object one, Object other) {
        if (!type(one).equals(type(other)) || one instanceof List || one instanceof Map || one instanceof Method) {
            throw new TemplateFailureException("cannot compare " + type(one) + " with " + type(other));
        }
    }

    /** Name of a value's type in messages. */
    static String type(Object value) {
        return switch (value) {
            case Boolean set -> "bool";
            case Long number -> "integer";
            case Double number -> "float";
            case String text -> "text";
            case List<?> list -> "list";
            case Map<?, ?> map -> "map";
            case NoValue none -> "nil";
            default -> "method";
        };
    }
}
