package org.cairndns.plugin.health.status;

import java.util.List;
import org.cairndns.plugin.health.status.Table.Cell;

/** What is wrong around the server, and what was. */
final class ConditionParts {
    private ConditionParts() {}

    static void lasting(Status status, Markup out) {
        List<ConditionLog.Lasting> lasting = status.troubles().lasting();
        if (lasting.isEmpty()) {
            return;
        }
        out.begin("section", "class", "card wrong", "aria-labelledby", "wrong")
                .element("h2", "What is wrong", "id", "wrong")
                .begin("ul");
        for (ConditionLog.Lasting condition : lasting) {
            out.begin("li")
                    .element("p", condition.message())
                    .begin("p", "class", "note")
                    .element("code", condition.condition())
                    .text(" for " + Wording.age(status.moment().secondsSince(condition.sinceNanos())))
                    .end()
                    .end();
        }
        out.end().end();
    }

    static void ended(Status status, Markup out) {
        List<ConditionLog.Ended> ended = status.troubles().ended();
        if (ended.isEmpty()) {
            return;
        }
        Table table = new Table("Was wrong, and is over", List.of("What", "Where", "Lasted", "Over"));
        for (ConditionLog.Ended condition : ended) {
            table.row(
                    new Cell(condition.what().condition(), "code"),
                    new Cell(condition.what().subject(), "code"),
                    Cell.number(Wording.age(
                            status.moment().secondsSince(condition.what().sinceNanos())
                                    - status.moment().secondsSince(condition.untilNanos()))),
                    Cell.number(Wording.age(status.moment().secondsSince(condition.untilNanos())) + " ago"));
        }
        table.write(out);
    }
}
