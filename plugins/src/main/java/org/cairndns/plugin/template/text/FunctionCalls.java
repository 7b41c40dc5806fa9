package org.cairndns.plugin.template.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The work of the functions whose arguments are all computed first. */
final class FunctionCalls {
    private static final int MAX_BITS = 64;

    private FunctionCalls() {}

    static Object call(Function function, List<Object> args) {
        Object first = args.isEmpty() ? NoValue.INSTANCE : args.getFirst();
        return switch (function) {
            case NOT -> !Values.isTrue(first);
            case LEN -> length(first);
            case INDEX -> index(args);
            case SLICE -> slice(args);
            case PRINT -> print(args);
            case PRINTF -> GoFormat.format(text(first), args.subList(1, args.size()));
            case PRINTLN -> args.stream().map(Values::text).collect(Collectors.joining(" ", "", "\n"));
            case EQ -> args.subList(1, args.size()).stream().anyMatch(other -> Values.equal(first, other));
            case NE -> !Values.equal(first, args.get(1));
            case LT -> Values.compare(first, args.get(1)) < 0;
            case LE -> Values.compare(first, args.get(1)) <= 0;
            case GT -> Values.compare(first, args.get(1)) > 0;
            case GE -> Values.compare(first, args.get(1)) >= 0;
            case PARSEINT -> parseInt(text(first), integer(args.get(1)), integer(args.get(2)));
            case AND, OR -> throw new IllegalArgumentException(function + " computes its arguments itself");
        };
    }

    private static long length(Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> throw new TemplateFailureException("len of " + Values.type(value));
        };
    }

    private static Object index(List<Object> args) {
        Object value = args.getFirst();
        for (Object key : args.subList(1, args.size())) {
            value = switch (value) {
                case List<?> list -> list.get(place(key, list.size() - 1));
                case String text -> (long) text.charAt(place(key, text.length() - 1));
                // Go gives the element type's zero for a key that is not there, and all maps here hold text.
                case Map<?, ?> map -> valueOf(map, text(key));
                default -> throw new TemplateFailureException("cannot index " + Values.type(value));
            };
        }
        return value;
    }

    private static Object valueOf(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value;
    }

    private static Object slice(List<Object> args) {
        Object value = args.getFirst();
        int length = (int) length(value);
        int to = args.size() > 2 ? place(args.get(2), length) : length;
        int from = args.size() > 1 ? place(args.get(1), to) : 0;
        return switch (value) {
            case String text -> text.substring(from, to);
            case List<?> list -> list.subList(from, to);
            default -> throw new TemplateFailureException("cannot slice " + Values.type(value));
        };
    }

    private static int place(Object index, int max) {
        long place = integer(index);
        if (place < 0 || place > max) {
            throw new TemplateFailureException("index out of range: " + place);
        }
        return (int) place;
    }

    /** Blanks go between two values of which none is text. */
    private static String print(List<Object> args) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < args.size(); i++) {
            if (i > 0 && !(args.get(i) instanceof String) && !(args.get(i - 1) instanceof String)) {
                out.append(' ');
            }
            out.append(Values.text(args.get(i)));
        }
        return out.toString();
    }

    private static long parseInt(String text, long base, long bits) {
        if (base != 0 && (base < Character.MIN_RADIX || base > Character.MAX_RADIX) || bits < 0 || bits > MAX_BITS) {
            throw new TemplateFailureException("parseInt: bad base " + base + " or bit size " + bits);
        }
        try {
            long value = Numbers.unsigned(text, (int) base);
            if (bits != 0 && bits < Long.SIZE - 1 && value >>> bits != 0) {
                throw new TemplateFailureException("parseInt: " + text + " is over " + bits + " bits");
            }
            return value;
        } catch (NumberFormatException e) {
            throw new TemplateFailureException("parseInt: \"" + text + "\" is no number of base " + base);
        }
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateFailureException("expected text, got " + Values.type(value));
    }

    private static long integer(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new TemplateFailureException("expected an integer, got " + Values.type(value));
    }
}
