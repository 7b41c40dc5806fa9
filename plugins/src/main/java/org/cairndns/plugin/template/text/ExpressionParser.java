package org.cairndns.plugin.template.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.plugin.template.text.Symbol.Kind;
import org.jspecify.annotations.Nullable;

/** Reader of pipelines: operands, calls and what is piped into them. */
final class ExpressionParser {
    private final SymbolCursor cursor;
    private final Scope scope;
    private final Set<String> fields;

    /**
     * @param fields keys of the data of the whole template
     */
    ExpressionParser(SymbolCursor cursor, Scope scope, Set<String> fields) {
        this.cursor = cursor;
        this.scope = scope;
        this.fields = fields;
    }

    /** A pipeline, perhaps with a variable that takes its value. */
    Expression pipelineOrAssignment() throws TemplateSyntaxException {
        Symbol variable = cursor.peek();
        Symbol mark = cursor.peek(1);
        boolean declares = mark.is(Kind.MARK, ":=");
        if (variable.kind() != Kind.VARIABLE || !declares && !mark.is(Kind.MARK, "=")) {
            return pipeline();
        }
        int known = declares ? 0 : slot(variable);
        if (known == 0 && !declares || variable.text().equals("$")) {
            throw cursor.fault(variable, "'$' cannot be given another value");
        }
        cursor.next();
        cursor.next();
        Expression value = pipeline();
        return new Expression.Assign(declares ? scope.declare(variable.text()) : known, value);
    }

    Expression pipeline() throws TemplateSyntaxException {
        cursor.enter();
        Expression value = command(null);
        while (cursor.isMark("|")) {
            cursor.next();
            value = command(value);
        }
        cursor.leave();
        return value;
    }

    private Expression command(@Nullable Expression piped) throws TemplateSyntaxException {
        Symbol first = cursor.peek();
        if (isFunction(first)) {
            cursor.next();
            return call(first, arguments(piped));
        }
        Expression operand = operand();
        List<Expression> args = arguments(piped);
        if (args.isEmpty()) {
            return operand;
        }
        if (operand instanceof Expression.Field field) {
            return new Expression.Field(field.receiver(), field.name(), args);
        }
        throw cursor.fault(first, "expected a function in front of arguments, got " + first.shown());
    }

    private List<Expression> arguments(@Nullable Expression piped) throws TemplateSyntaxException {
        List<Expression> args = new ArrayList<>();
        while (cursor.peek().kind() != Kind.CLOSE && !cursor.isMark("|") && !cursor.isMark(")")) {
            args.add(operand());
        }
        if (piped != null) {
            args.add(piped);
        }
        return args;
    }

    private Expression call(Symbol name, List<Expression> args) throws TemplateSyntaxException {
        Function function = Function.find(name.text());
        if (function == null) {
            throw cursor.fault(
                    name, "function '" + name.text() + "' is not supported, expected one of " + Function.names());
        }
        if (args.size() < function.minArgs() || args.size() > function.maxArgs()) {
            throw cursor.fault(
                    name,
                    "wrong number of arguments for '" + name.text() + "', expected " + function.arity() + ", got "
                            + args.size());
        }
        if (function == Function.PRINTF
                && args.getFirst() instanceof Expression.Constant constant
                && constant.value() instanceof String format) {
            checkFormat(name, format);
        }
        return new Expression.Call(function, args);
    }

    private void checkFormat(Symbol name, String format) throws TemplateSyntaxException {
        try {
            GoFormat.parse(format);
        } catch (TemplateFailureException e) {
            throw cursor.fault(name, String.valueOf(e.getMessage()));
        }
    }

    private Expression operand() throws TemplateSyntaxException {
        Symbol first = cursor.peek();
        Expression value = term(cursor.next());
        while (cursor.peek().kind() == Kind.FIELD && !cursor.peek().spaced()) {
            if (value instanceof Expression.Constant) {
                throw cursor.fault(cursor.peek(), "unexpected field of " + first.shown());
            }
            Symbol name = cursor.next();
            value = field(value, name);
        }
        return value;
    }

    private Expression term(Symbol symbol) throws TemplateSyntaxException {
        return switch (symbol.kind()) {
            case DOT -> new Expression.Dot();
            case FIELD -> field(new Expression.Dot(), symbol);
            case VARIABLE -> new Expression.Variable(slot(symbol));
            case STRING -> new Expression.Constant(symbol.text());
            case NUMBER -> number(symbol);
            case WORD ->
                isFunction(symbol) ? call(symbol, List.of()) : new Expression.Constant(constant(symbol.text()));
            case MARK -> parentheses(symbol);
            case TEXT, OPEN, CLOSE, END -> throw unexpected(symbol);
        };
    }

    private Expression parentheses(Symbol open) throws TemplateSyntaxException {
        if (!open.text().equals("(")) {
            throw unexpected(open);
        }
        Expression inner = pipeline();
        cursor.expect(Kind.MARK, ")");
        return inner;
    }

    private Expression field(Expression receiver, Symbol name) throws TemplateSyntaxException {
        boolean ofRoot = receiver instanceof Expression.Dot
                ? scope.dotIsRoot()
                : receiver instanceof Expression.Variable variable && variable.slot() == 0;
        if (ofRoot && !fields.contains(name.text())) {
            throw cursor.fault(
                    name,
                    "field '." + name.text() + "' is not supported, expected one of ."
                            + String.join(", .", new TreeSet<>(fields)));
        }
        return new Expression.Field(receiver, name.text(), List.of());
    }

    private int slot(Symbol variable) throws TemplateSyntaxException {
        int slot = scope.find(variable.text());
        if (slot < 0) {
            throw cursor.fault(variable, "variable '" + variable.text() + "' is not declared here");
        }
        return slot;
    }

    private Expression number(Symbol symbol) throws TemplateSyntaxException {
        try {
            return new Expression.Constant(Numbers.literal(symbol.text()));
        } catch (NumberFormatException e) {
            throw cursor.fault(symbol, "expected a number, got '" + symbol.text() + "'");
        }
    }

    private static boolean isFunction(Symbol symbol) {
        return symbol.kind() == Kind.WORD && !Set.of("true", "false", "nil").contains(symbol.text());
    }

    private static Object constant(String word) {
        return word.equals("nil") ? NoValue.INSTANCE : Boolean.valueOf(word);
    }

    private TemplateSyntaxException unexpected(Symbol symbol) {
        return cursor.fault(symbol, "expected a value, got " + symbol.shown());
    }
}
