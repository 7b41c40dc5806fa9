package org.cairndns.plugin.template.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairndns.plugin.template.text.Symbol.Kind;

/** Reader of the steps of a template; one object reads one template. */
final class TemplateParser {
    private static final Set<String> ENDS = Set.of("end", "else");
    private static final Set<String> UNSUPPORTED = Set.of("define", "template", "block");

    private final SymbolCursor cursor;
    private final Scope scope;
    private final ExpressionParser expressions;

    TemplateParser(String text, Scope scope, Set<String> fields) throws TemplateSyntaxException {
        this.cursor = new SymbolCursor(text);
        this.scope = scope;
        this.expressions = new ExpressionParser(cursor, scope, fields);
    }

    List<Node> template() throws TemplateSyntaxException {
        List<Node> nodes = list();
        if (cursor.peek().kind() != Kind.END) {
            Symbol word = cursor.peek(1);
            throw cursor.fault(word, "unexpected " + word.shown());
        }
        return nodes;
    }

    /** Steps up to the end of the template or in front of an action that ends a list. */
    private List<Node> list() throws TemplateSyntaxException {
        List<Node> nodes = new ArrayList<>();
        while (true) {
            if (cursor.peek().kind() == Kind.TEXT) {
                nodes.add(new Node.Text(cursor.next().text()));
            } else if (cursor.peek().kind() == Kind.END || atEndOfList()) {
                return List.copyOf(nodes);
            } else {
                cursor.expect(Kind.OPEN, "{{");
                nodes.add(action());
            }
        }
    }

    private boolean atEndOfList() {
        return cursor.peek(1).kind() == Kind.WORD
                && ENDS.contains(cursor.peek(1).text());
    }

    private Node action() throws TemplateSyntaxException {
        Symbol first = cursor.peek();
        if (first.kind() == Kind.WORD) {
            switch (first.text()) {
                case "if", "with", "range" -> {
                    cursor.next();
                    return control(first);
                }
                case "break", "continue" -> {
                    return jump(cursor.next());
                }
                default -> {
                    if (UNSUPPORTED.contains(first.text())) {
                        throw cursor.fault(first, "'" + first.text() + "' is not supported, expected one template");
                    }
                }
            }
        }
        Expression value = expressions.pipelineOrAssignment();
        cursor.close();
        return value instanceof Expression.Assign ? new Node.Compute(value) : new Node.Output(value);
    }

    private Node jump(Symbol word) throws TemplateSyntaxException {
        if (!scope.inRange()) {
            throw cursor.fault(word, "unexpected '" + word.text() + "', expected it within 'range'");
        }
        cursor.close();
        return word.text().equals("break") ? new Node.Break() : new Node.Continue();
    }

    private Node control(Symbol keyword) throws TemplateSyntaxException {
        cursor.enter();
        int outer = scope.enter();
        Node node = switch (keyword.text()) {
            case "if" -> {
                Expression condition = expressions.pipelineOrAssignment();
                cursor.close();
                List<Node> then = list();
                yield new Node.If(condition, then, otherwise(keyword));
            }
            case "with" -> {
                Expression value = expressions.pipelineOrAssignment();
                cursor.close();
                List<Node> then = listWithOwnDot();
                yield new Node.With(value, then, otherwise(keyword));
            }
            default -> range(keyword);
        };
        scope.leave(outer);
        cursor.leave();
        return node;
    }

    private List<Node> listWithOwnDot() throws TemplateSyntaxException {
        scope.rebindDot(1);
        List<Node> nodes = list();
        scope.rebindDot(-1);
        return nodes;
    }

    private Node range(Symbol keyword) throws TemplateSyntaxException {
        List<Symbol> variables = rangeVariables();
        Expression elements = expressions.pipeline();
        cursor.close();
        int key = variables.size() == 2 ? scope.declare(variables.getFirst().text()) : -1;
        int value = variables.isEmpty() ? -1 : scope.declare(variables.getLast().text());
        scope.enterRange(1);
        List<Node> body = listWithOwnDot();
        scope.enterRange(-1);
        return new Node.Range(elements, key, value, body, otherwise(keyword));
    }

    /** The variables in front of {@code :=}, none to two; outer variables cannot run over the elements. */
    private List<Symbol> rangeVariables() throws TemplateSyntaxException {
        List<Symbol> variables = new ArrayList<>();
        boolean two = cursor.peek(1).is(Kind.MARK, ",");
        Symbol mark = cursor.peek(two ? 3 : 1);
        if (cursor.peek().kind() != Kind.VARIABLE || !two && !mark.is(Kind.MARK, ":=") && !mark.is(Kind.MARK, "=")) {
            return variables;
        }
        variables.add(cursor.next());
        if (two) {
            cursor.next();
            Symbol second = cursor.next();
            if (second.kind() != Kind.VARIABLE) {
                throw cursor.fault(second, "expected a variable, got " + second.shown());
            }
            variables.add(second);
        }
        cursor.expect(Kind.MARK, ":=");
        return variables;
    }

    /** What follows {@code else}, nothing without it; reads the {@code end}, too. */
    private List<Node> otherwise(Symbol keyword) throws TemplateSyntaxException {
        Symbol open = cursor.next();
        if (open.kind() == Kind.END) {
            throw cursor.fault(keyword, "'" + keyword.text() + "' without 'end'");
        }
        if (cursor.next().text().equals("end")) {
            cursor.close();
            return List.of();
        }
        Symbol word = cursor.peek();
        if (word.is(Kind.WORD, keyword.text()) && !keyword.text().equals("range")) {
            cursor.next();
            return List.of(control(word));
        }
        cursor.close();
        List<Node> nodes = list();
        Symbol end = cursor.peek(1);
        if (!end.is(Kind.WORD, "end")) {
            throw cursor.fault(end, "expected '{{end}}', got " + end.shown());
        }
        cursor.next();
        cursor.next();
        cursor.close();
        return nodes;
    }
}
