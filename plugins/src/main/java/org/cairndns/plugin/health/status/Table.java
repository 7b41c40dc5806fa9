package org.cairndns.plugin.health.status;

import java.util.ArrayList;
import java.util.List;

/** A table with a heading, whose rows become lists where the page is narrow. Not thread-safe. */
final class Table {
    private static final String NUMBER = "number";

    private final String title;
    private final List<String> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(String title, List<String> columns) {
        this.title = title;
        this.columns = columns;
    }

    /**
     * A cell.
     *
     * @param style class of the text in the style sheet, empty for none
     */
    record Cell(String text, String style) {
        static Cell of(String text) {
            return new Cell(text, "");
        }

        /** A state in words, with its colour. */
        static Cell state(String words, String label) {
            return new Cell(words, "dot " + label);
        }

        /** A number, or a text that lines up as numbers do. */
        static Cell number(String text) {
            return new Cell(text, NUMBER);
        }
    }

    /** Adds a row, a cell for each column. */
    void row(Cell... cells) {
        rows.add(List.of(cells));
    }

    void write(Markup out) {
        out.begin("section", "class", "card").element("h2", title).begin("div", "class", "wide");
        content(out);
        out.end().end();
    }

    /** The table alone. */
    void content(Markup out) {
        out.begin("table").begin("thead").begin("tr");
        for (int i = 0; i < columns.size(); i++) {
            out.element("th", columns.get(i), "scope", "col", "class", isOfNumbers(i) ? "number" : "");
        }
        out.end().end().begin("tbody");
        for (List<Cell> row : rows) {
            out.begin("tr");
            for (int i = 0; i < row.size(); i++) {
                cell(row.get(i), columns.get(i), out);
            }
            out.end();
        }
        out.end().end();
    }

    private boolean isOfNumbers(int column) {
        return !rows.isEmpty() && rows.getFirst().get(column).style().equals(NUMBER);
    }

    private static void cell(Cell cell, String column, Markup out) {
        boolean number = cell.style().equals(NUMBER);
        out.begin("td", "data-name", column, "class", number ? NUMBER : "");
        if (number || cell.style().isEmpty()) {
            out.text(cell.text());
        } else {
            out.begin("span", "class", cell.style());
            breakable(cell.text(), out);
            out.end();
        }
        out.end();
    }

    /** A path where there is little room goes on in the next line behind a slash, and not within a name. */
    private static void breakable(String text, Markup out) {
        int from = 0;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', from)) {
            out.text(text.substring(from, slash + 1)).empty("wbr");
            from = slash + 1;
        }
        out.text(text.substring(from));
    }
}
