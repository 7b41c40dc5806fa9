package org.cairndns.plugin.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.view.expression.Expression;
import org.cairndns.plugin.view.expression.ExpressionException;
import org.cairndns.plugin.view.expression.Function;
import org.cairndns.plugin.view.expression.ValueType;
import org.cairndns.wire.Query;

/** The directive <code>view NAME { expr EXPRESSION... }</code>, once per server block. */
public final class ViewPlugin implements Plugin {
    @Override
    public String name() {
        return "view";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        String view = option.hasArgs(1) ? option.args().getFirst().text() : "";
        List<Expression> expressions = new ArrayList<>();
        for (OptionReader property : option.properties(List.of("expr"))) {
            property.noBlock();
            if (property.hasArgs(1, Integer.MAX_VALUE)) {
                expression(property, context.settings().metadata()).ifPresent(expressions::add);
            }
        }
        context.settings().view(view);
        context.settings().filter(all(expressions));
        context.settings().metadata().provide("view/name", query -> Optional.of(view));
        // A handler in CoreDNS, which dashboards see in coredns_plugin_enabled.
        context.handler(UnaryOperator.identity());
    }

    private static Optional<Expression> expression(OptionReader line, Metadata metadata) {
        ExpressionText text = ExpressionText.of(line.args());
        Map<String, Function> functions =
                QueryFunctions.of((label, offset) -> metadata.value(label, text.position(offset)), metadata);
        try {
            Expression expression = Expression.compile(text.text(), functions);
            if (expression.type() != ValueType.Simple.BOOL && expression.type() != ValueType.Simple.ANY) {
                line.problems()
                        .warn(
                                text.position(0),
                                "expression gives " + expression.type()
                                        + " instead of bool, so the server block takes no query");
            }
            return Optional.of(expression);
        } catch (ExpressionException e) {
            line.problems().add(text.position(e.offset()), "bad expression, " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Predicate<Query> all(List<Expression> expressions) {
        Expression[] every = expressions.toArray(Expression[]::new);
        return query -> {
            for (Expression expression : every) {
                if (!expression.test(query)) {
                    return false;
                }
            }
            return true;
        };
    }
}
