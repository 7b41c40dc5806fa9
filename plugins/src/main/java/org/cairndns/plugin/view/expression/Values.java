package org.cairndns.plugin.view.expression;

import java.util.List;

/** Rules for values whose types only a query shows; what does not fit is an {@link EvaluationException}. */
final class Values {
    private Values() {}

    static boolean asBool(Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw unfit("bool", value);
    }

    static long asInt(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw unfit("int", value);
    }

    static double asFloat(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Double number) {
            return number;
        }
        throw unfit("a number", value);
    }

    static String asString(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw unfit("string", value);
    }

    static List<?> asList(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw unfit("a list", value);
    }

    /** True if two values are the same; an int equals a float of its size. */
    static boolean equal(Object one, Object other) {
        if (one instanceof Number && other instanceof Number && one.getClass() != other.getClass()) {
            return asFloat(one) == asFloat(other);
        }
        if (one instanceof Double first && other instanceof Double second) {
            return first.doubleValue() == second.doubleValue();
        }
        if (one instanceof List<?> first && other instanceof List<?> second) {
            return equalLists(first, second);
        }
        return one.equals(other);
    }

    private static boolean equalLists(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!equal(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Below 0, 0 or above 0 as the first is smaller, equal or larger; NaN is none of these, so it fails. */
    static int compare(Object one, Object other) {
        if (one instanceof String first && other instanceof String second) {
            return first.compareTo(second);
        }
        if (one instanceof Long first && other instanceof Long second) {
            return Long.compare(first, second);
        }
        double first = asFloat(one);
        double second = asFloat(other);
        if (Double.isNaN(first) || Double.isNaN(second)) {
            throw new EvaluationException("not a number");
        }
        return first < second ? -1 : first > second ? 1 : 0;
    }

    private static EvaluationException unfit(String wanted, Object value) {
        return new EvaluationException("expected " + wanted + ", got " + value);
    }
}
