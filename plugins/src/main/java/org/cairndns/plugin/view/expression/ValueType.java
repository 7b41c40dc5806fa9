package org.cairndns.plugin.view.expression;

import java.util.Locale;
import java.util.function.Predicate;

/** Type of a value as far as it is known before a query comes. */
public sealed interface ValueType {
    /** Types without parts; {@link #ANY} stands for what only a query shows. */
    enum Simple implements ValueType {
        BOOL,
        INT,
        FLOAT,
        STRING,
        NIL,
        ANY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A list. */
    record Listed(ValueType element) implements ValueType {
        @Override
        public String toString() {
            return "[]" + element;
        }
    }

    /** True if only a query shows the type. */
    default boolean isAny() {
        return this == Simple.ANY;
    }

    /** True for ints and floats. */
    default boolean isNumber() {
        return this == Simple.INT || this == Simple.FLOAT;
    }

    /** True for ints. */
    default boolean isInt() {
        return this == Simple.INT;
    }

    /** True for strings. */
    default boolean isString() {
        return this == Simple.STRING;
    }

    /** True for conditions. */
    default boolean isBool() {
        return this == Simple.BOOL;
    }

    /** True for lists of any kind. */
    default boolean isList() {
        return this instanceof Listed;
    }

    /** The type of a list's elements, ANY for one that may be no list. */
    default ValueType elementType() {
        return this instanceof Listed list ? list.element() : Simple.ANY;
    }

    /** True if a value may be used where one of {@code wanted} is. */
    default boolean fits(ValueType wanted) {
        return isAny() || wanted.isAny() || equals(wanted) || isList() && wanted.isList() && fitsAsList(wanted);
    }

    private boolean fitsAsList(ValueType wanted) {
        return elementType().fits(wanted.elementType());
    }

    /** True if values of the two types may be compared with {@code ==}. */
    default boolean isComparableTo(ValueType other) {
        return isAny()
                || other.isAny()
                || this == Simple.NIL
                || other == Simple.NIL
                || isNumber() && other.isNumber()
                || isList() && other.isList()
                || equals(other);
    }

    /** True if one of two types is not known and the other passes, or neither is known. */
    static boolean mayBe(ValueType one, ValueType other, Predicate<ValueType> check) {
        return one.isAny() && other.isAny() || one.isAny() && check.test(other) || other.isAny() && check.test(one);
    }
}
