package org.cairndns.plugin.view.expression;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.corefile.Suggestions;

/** All functions that an expression may call; immutable. */
final class Functions {
    /** Functions of expr-lang 1.17 that are not here; named so that an error can say so. */
    private static final Set<String> LEFT_OUT = Set.of(
            "findLast",
            "findLastIndex",
            "sum",
            "groupBy",
            "sortBy",
            "reduce",
            "string",
            "splitAfter",
            "mean",
            "median",
            "toJSON",
            "fromJSON",
            "toBase64",
            "fromBase64",
            "now",
            "duration",
            "date",
            "timezone",
            "get",
            "take",
            "keys",
            "values",
            "toPairs",
            "fromPairs",
            "reverse",
            "uniq",
            "concat",
            "flatten",
            "sort");

    private final Map<String, Function> byName = new HashMap<>();

    /**
     * The functions of the language and others.
     *
     * @param others by name; they go before those of the language
     */
    Functions(Map<String, Function> others) {
        byName.putAll(StringFunctions.all());
        byName.putAll(NumberFunctions.all());
        byName.putAll(ListFunctions.all());
        byName.putAll(others);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    Node call(Call call) throws ExpressionException {
        Function function = byName.get(call.name());
        if (function == null) {
            throw unknown(call.name(), call.at());
        }
        return function.call(call);
    }

    /** The fault that there is no such function. */
    ExpressionException unknown(String name, int at) {
        if (LEFT_OUT.contains(name)) {
            return new ExpressionException("function '" + name + "' of expr-lang is not supported", at);
        }
        Set<String> names = new TreeSet<>(byName.keySet());
        names.addAll(Predicates.NAMES);
        return new ExpressionException("unknown function '" + name + "'" + Suggestions.hint(name, names), at);
    }
}
