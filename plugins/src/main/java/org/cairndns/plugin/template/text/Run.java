package org.cairndns.plugin.template.text;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rendering of a template; steps and characters have a limit, as it happens on an event loop. */
final class Run {
    private static final int MAX_STEPS = 10_000;
    private static final int MAX_CHARACTERS = 65_535;

    private final StringBuilder out = new StringBuilder();
    private final Object[] slots;
    private int steps;

    /** How a list of steps ended. */
    private enum Flow {
        THROUGH,
        BREAK,
        CONTINUE
    }

    Run(int slotCount, Object data) {
        this.slots = new Object[slotCount];
        Arrays.fill(slots, NoValue.INSTANCE);
        slots[0] = data;
    }

    String text(List<Node> nodes) {
        steps(nodes, slots[0]);
        return out.toString();
    }

    private Flow steps(List<Node> nodes, Object dot) {
        for (Node node : nodes) {
            count();
            Flow flow = step(node, dot);
            if (flow != Flow.THROUGH) {
                return flow;
            }
        }
        return Flow.THROUGH;
    }

    private void count() {
        if (++steps > MAX_STEPS) {
            throw new TemplateFailureException("over " + MAX_STEPS + " steps");
        }
    }

    private Flow step(Node node, Object dot) {
        return switch (node) {
            case Node.Text text -> append(text.text());
            case Node.Output output -> append(Values.text(value(output.value(), dot)));
            case Node.Compute compute -> {
                value(compute.value(), dot);
                yield Flow.THROUGH;
            }
            case Node.If test ->
                steps(Values.isTrue(value(test.condition(), dot)) ? test.then() : test.otherwise(), dot);
            case Node.With with -> {
                Object inner = value(with.value(), dot);
                yield Values.isTrue(inner) ? steps(with.then(), inner) : steps(with.otherwise(), dot);
            }
            case Node.Range range -> range(range, dot);
            case Node.Break end -> Flow.BREAK;
            case Node.Continue end -> Flow.CONTINUE;
        };
    }

    private Flow append(String text) {
        out.append(text);
        if (out.length() > MAX_CHARACTERS) {
            throw new TemplateFailureException("text over " + MAX_CHARACTERS + " characters");
        }
        return Flow.THROUGH;
    }

    private Flow range(Node.Range range, Object dot) {
        Object elements = value(range.elements(), dot);
        boolean any = false;
        switch (elements) {
            case NoValue none -> {}
            case Long count -> {
                for (long i = 0; i < count && turn(range, i, i); i++) {
                    any = true;
                }
                any |= count > 0;
            }
            case List<?> list -> {
                for (int i = 0; i < list.size() && turn(range, (long) i, list.get(i)); i++) {
                    any = true;
                }
                any |= !list.isEmpty();
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
                    any = true;
                    if (!turn(range, entry.getKey(), entry.getValue())) {
                        break;
                    }
                }
            }
            default -> throw new TemplateFailureException("range over " + Values.type(elements));
        }
        return any ? Flow.THROUGH : steps(range.otherwise(), dot);
    }

    /** One turn; false if it was the last. */
    private boolean turn(Node.Range range, Object key, Object element) {
        count();
        if (range.keySlot() >= 0) {
            slots[range.keySlot()] = key;
        }
        if (range.valueSlot() >= 0) {
            slots[range.valueSlot()] = element;
        }
        return steps(range.body(), element) != Flow.BREAK;
    }

    private Object value(Expression expression, Object dot) {
        return switch (expression) {
            case Expression.Constant constant -> constant.value();
            case Expression.Dot itself -> dot;
            case Expression.Variable variable -> slots[variable.slot()];
            case Expression.Assign assign -> {
                Object value = value(assign.value(), dot);
                slots[assign.slot()] = value;
                yield value;
            }
            case Expression.Field field -> field(field, dot);
            case Expression.Call call -> call(call, dot);
        };
    }

    private Object field(Expression.Field field, Object dot) {
        Object receiver = value(field.receiver(), dot);
        if (!(receiver instanceof Map<?, ?> map)) {
            throw new TemplateFailureException("no field ." + field.name() + " in " + Values.type(receiver));
        }
        Object value = map.get(field.name());
        if (value instanceof Method method) {
            return method.call(values(field.args(), dot));
        }
        if (!field.args().isEmpty()) {
            throw new TemplateFailureException("." + field.name() + " takes no arguments");
        }
        return value == null ? NoValue.INSTANCE : value;
    }

    private Object call(Expression.Call call, Object dot) {
        return switch (call.function()) {
            case AND -> firstWith(false, call.args(), dot);
            case OR -> firstWith(true, call.args(), dot);
            default -> FunctionCalls.call(call.function(), values(call.args(), dot));
        };
    }

    /** The first argument that is true or false as wanted, or the last. */
    private Object firstWith(boolean wanted, List<Expression> args, Object dot) {
        Object value = NoValue.INSTANCE;
        for (Expression arg : args) {
            value = value(arg, dot);
            if (Values.isTrue(value) == wanted) {
                return value;
            }
        }
        return value;
    }

    private List<Object> values(List<Expression> args, Object dot) {
        return args.stream().map(arg -> value(arg, dot)).toList();
    }
}
