package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.BOOL;
import static org.cairndns.plugin.view.expression.ValueType.Simple.NIL;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.cairndns.plugin.view.expression.Symbol.Kind;

/**
 * Parser of one expression by the strength of its operators; checks types on the way.
 *
 * <p>Depth and size are bounded, so that neither the parser nor an evaluation can run out of stack.
 */
final class ExpressionParser {
    private static final int MAX_LEVELS = 100;

    /** Levels of the nodes; more than those of the text, for {@code 1 + 1 + 1} has two. */
    private static final int MAX_NODE_DEPTH = 400;

    private final Functions functions;
    private final SymbolCursor symbols;

    /** Types of the elements that predicates around this place look at, the innermost first. */
    private final Deque<ValueType> elements = new ArrayDeque<>();

    private int levels;

    ExpressionParser(String text, Functions functions) throws ExpressionException {
        this.functions = functions;
        this.symbols = new SymbolCursor(new ExpressionLexer(text).symbols());
    }

    Node parse() throws ExpressionException {
        if (symbols.current().kind() == Kind.END) {
            throw new ExpressionException("expected an expression, got nothing", 0);
        }
        Node node = expression(0);
        if (symbols.current().kind() != Kind.END) {
            throw symbols.unexpected("an operator");
        }
        return node;
    }

    private Node expression(int precedence) throws ExpressionException {
        if (++levels > MAX_LEVELS) {
            throw new ExpressionException(
                    "expression of more than " + MAX_LEVELS + " levels",
                    symbols.current().at());
        }
        Node node = primary();
        String before = "";
        while (true) {
            boolean negated = symbols.current().isMark("not");
            Symbol operator = negated ? symbols.second() : symbols.current();
            if (negated && !Operators.isNegatable(operator.text())) {
                throw symbols.unexpected("an operator");
            }
            int strength = operator.kind() == Kind.MARK ? Operators.BINARY.getOrDefault(operator.text(), -1) : -1;
            if (strength < precedence) {
                break;
            }
            if (before.equals("??") && !operator.text().equals("??")) {
                throw new ExpressionException(
                        "'??' next to '" + operator.text() + "', expected parentheses around one", operator.at());
            }
            symbols.skip(negated ? 2 : 1);
            node = checked(operation(node, operator, strength), operator);
            node = negated ? Operators.unary("not", node, operator.at()) : node;
            before = operator.text();
        }
        node = precedence == 0 ? conditional(node) : node;
        levels--;
        return node;
    }

    private Node operation(Node left, Symbol operator, int strength) throws ExpressionException {
        if (operator.isMark("|")) {
            Symbol name = symbols.current();
            if (name.kind() != Kind.NAME) {
                throw symbols.unexpected("a function");
            }
            symbols.skip(1);
            return call(name, List.of(left));
        }
        if (Operators.isOrdering(operator.text())) {
            return ordering(left, operator, strength);
        }
        boolean rightToLeft = operator.text().equals("**") || operator.text().equals("^");
        Node right = expression(rightToLeft ? strength : strength + 1);
        return Operators.binary(operator.text(), left, right, operator.at());
    }

    /** {@code a < b < c} stands for {@code a < b and b < c}. */
    private Node ordering(Node first, Symbol firstOperator, int strength) throws ExpressionException {
        Symbol operator = firstOperator;
        Node left = expression(strength + 1);
        Node node = Operators.binary(operator.text(), first, left, operator.at());
        while (symbols.current().kind() == Kind.MARK
                && Operators.isOrdering(symbols.current().text())) {
            operator = symbols.current();
            symbols.skip(1);
            Node right = expression(strength + 1);
            Node compared = Operators.binary(operator.text(), left, right, operator.at());
            node = checked(Operators.binary("and", node, compared, operator.at()), operator);
            left = right;
        }
        return node;
    }

    private Node conditional(Node condition) throws ExpressionException {
        Node node = condition;
        while (symbols.current().isMark("?")) {
            Symbol mark = symbols.current();
            symbols.skip(1);
            Node yes = node;
            if (!symbols.current().isMark(":")) {
                yes = expression(0);
            }
            symbols.expect(":");
            node = checked(Operators.conditional(node, yes, expression(0), mark.at()), mark);
        }
        return node;
    }

    private Node primary() throws ExpressionException {
        Symbol symbol = symbols.current();
        Integer strength = symbol.kind() == Kind.MARK ? Operators.UNARY.get(symbol.text()) : null;
        if (strength != null) {
            symbols.skip(1);
            Node operand = expression(strength);
            return postfix(checked(Operators.unary(symbol.text(), operand, symbol.at()), symbol));
        }
        if (symbol.isMark("(")) {
            symbols.skip(1);
            Node node = expression(0);
            symbols.expect(")");
            return postfix(node);
        }
        if (symbol.isMark("#") && !elements.isEmpty()) {
            symbols.skip(1);
            if (symbols.current().kind() == Kind.NAME && symbols.current().at() == symbol.at() + 1) {
                throw new ExpressionException(
                        "'#" + symbols.current().text() + "' of expr-lang is not supported", symbol.at());
            }
            return postfix(Node.varying(elements.getFirst(), Frame::element));
        }
        return switch (symbol.kind()) {
            case NUMBER -> {
                symbols.skip(1);
                yield NumberLiteral.read(symbol);
            }
            case STRING -> {
                symbols.skip(1);
                yield postfix(Node.constant(ValueType.Simple.STRING, symbol.text()));
            }
            case NAME -> named(symbol);
            case MARK, END -> {
                if (symbol.isMark("[")) {
                    yield postfix(list());
                }
                throw symbols.unexpected("a value");
            }
        };
    }

    private Node named(Symbol name) throws ExpressionException {
        symbols.skip(1);
        return switch (name.text()) {
            case "true" -> Node.constant(BOOL, true);
            case "false" -> Node.constant(BOOL, false);
            case "nil" -> Node.constant(NIL, Nil.NIL);
            default -> called(name);
        };
    }

    private Node called(Symbol name) throws ExpressionException {
        if (symbols.current().isMark("(")) {
            return postfix(call(name, List.of()));
        }
        throw new ExpressionException(
                functions.has(name.text())
                        ? "'" + name.text() + "' is a function, write '" + name.text() + "()'"
                        : "unknown name '" + name.text() + "'",
                name.at());
    }

    private Node call(Symbol name, List<Node> piped) throws ExpressionException {
        if (!functions.has(name.text()) && !Predicates.NAMES.contains(name.text())) {
            throw functions.unknown(name.text(), name.at());
        }
        List<Node> arguments = new ArrayList<>(piped);
        symbols.expect("(");
        boolean predicates = Predicates.NAMES.contains(name.text()) && !functions.has(name.text());
        while (!symbols.current().isMark(")")) {
            if (arguments.size() > piped.size()) {
                symbols.expect(",");
            }
            if (!symbols.current().isMark(")")) {
                arguments.add(
                        predicates && arguments.size() == 1 ? predicate(arguments.getFirst(), name) : expression(0));
            }
        }
        symbols.expect(")");
        Call call = new Call(name.text(), arguments, name.at());
        if (!predicates) {
            return checked(functions.call(call), name);
        }
        if (call.name().equals("count") && arguments.size() == 1) {
            // The elements are the conditions.
            call = new Call(
                    call.name(), List.of(arguments.getFirst(), identity(arguments.getFirst(), name)), name.at());
        }
        call.hasArguments(2, 2);
        return checked(Predicates.call(call), name);
    }

    private static Node identity(Node list, Symbol name) throws ExpressionException {
        return Node.varying(elementType(list, name), Frame::element);
    }

    private Node predicate(Node list, Symbol name) throws ExpressionException {
        boolean braces = symbols.current().isMark("{");
        symbols.skip(braces ? 1 : 0);
        elements.push(elementType(list, name));
        Node predicate = expression(0);
        elements.pop();
        if (braces) {
            symbols.expect("}");
        }
        return predicate;
    }

    private static ValueType elementType(Node list, Symbol name) throws ExpressionException {
        if (!list.type().isList() && !list.type().isAny()) {
            throw new ExpressionException(
                    name.text() + "(): expected a list as argument 1, got " + list.type(), name.at());
        }
        return list.type().elementType();
    }

    private Node list() throws ExpressionException {
        Symbol open = symbols.current();
        symbols.skip(1);
        List<Node> nodes = new ArrayList<>();
        while (!symbols.current().isMark("]")) {
            if (!nodes.isEmpty()) {
                symbols.expect(",");
            }
            if (!symbols.current().isMark("]")) {
                nodes.add(expression(0));
            }
        }
        symbols.skip(1);
        return checked(Lists.of(nodes), open);
    }

    private Node postfix(Node start) throws ExpressionException {
        Node node = start;
        while (symbols.current().isMark("[")) {
            Symbol open = symbols.current();
            symbols.skip(1);
            boolean fromStart = symbols.current().isMark(":");
            Node from = fromStart ? Node.constant(ValueType.Simple.INT, 0L) : expression(0);
            if (!symbols.current().isMark(":")) {
                symbols.expect("]");
                node = checked(Lists.element(node, from, open.at()), open);
                continue;
            }
            symbols.skip(1);
            Node to =
                    symbols.current().isMark("]") ? Node.constant(ValueType.Simple.INT, Long.MAX_VALUE) : expression(0);
            symbols.expect("]");
            node = checked(Lists.slice(node, from, to, open.at()), open);
        }
        if (symbols.current().isMark(".") || symbols.current().isMark("?.")) {
            throw symbols.unexpected("an operator");
        }
        return node;
    }

    private static Node checked(Node node, Symbol at) throws ExpressionException {
        if (node.depth() > MAX_NODE_DEPTH) {
            throw new ExpressionException(
                    "expression of more than " + MAX_NODE_DEPTH + " operations in a row", at.at());
        }
        return node;
    }
}
