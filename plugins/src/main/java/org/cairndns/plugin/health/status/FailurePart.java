package org.cairndns.plugin.health.status;

import java.util.List;
import org.cairndns.plugin.health.status.Table.Cell;
import org.cairndns.plugin.spi.Failures.Failure;
import org.cairndns.wire.Rcode;

/** Why queries failed lately, without their names. */
final class FailurePart {
    private FailurePart() {}

    static void write(Status status, Markup out) {
        List<Failure> failures = status.troubles().failures();
        if (failures.isEmpty()) {
            return;
        }
        Table table = new Table("Failed queries", List.of("Reason", "Response", "How often", "Latest"));
        for (Failure failure : failures) {
            table.row(
                    Cell.of(failure.reason()),
                    new Cell(Rcode.text(failure.rcode()), "code"),
                    Cell.number(Wording.number(failure.count())),
                    Cell.number(Wording.age(status.moment().secondsSince(failure.lastNanos())) + " ago"));
        }
        table.write(out);
    }
}
