package org.cairndns.plugin.health.status;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;

/** One JSON object in the making (RFC 8259), a field a line; what is no number is {@code null}. Not thread-safe. */
final class JsonText {
    private static final double THOUSAND = 1_000;

    private final StringBuilder out = new StringBuilder("{");
    private boolean first = true;

    JsonText number(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** A number with three decimals at most. */
    JsonText number(String name, double value) {
        return raw(name, number(value));
    }

    JsonText truth(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    JsonText text(String name, String value) {
        return raw(name, string(value));
    }

    JsonText texts(String name, Collection<String> values) {
        return list(name, values.stream().map(JsonText::string).toList());
    }

    JsonText numbers(String name, Collection<Double> values) {
        return list(name, values.stream().map(JsonText::number).toList());
    }

    /** An object within. */
    JsonText object(String name, Consumer<JsonText> writer) {
        return raw(name, objectText(writer));
    }

    /** A list of objects. */
    <T> JsonText objects(String name, Collection<T> items, Writer<T> writer) {
        return list(
                name,
                items.stream()
                        .map(item -> objectText(json -> writer.write(item, json)))
                        .toList());
    }

    /** Writes the fields of one object of a list. */
    @FunctionalInterface
    interface Writer<T> {
        void write(T item, JsonText json);
    }

    private JsonText list(String name, Collection<String> items) {
        return raw(name, "[" + String.join(", ", items) + "]");
    }

    private static String objectText(Consumer<JsonText> writer) {
        JsonText json = new JsonText();
        writer.accept(json);
        return json.text().replace(",\n", ", ").replace("\n", "");
    }

    private JsonText raw(String name, String value) {
        out.append(first ? "\n" : ",\n").append(string(name)).append(": ").append(value);
        first = false;
        return this;
    }

    /** The object. */
    String text() {
        return out + "\n}\n";
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        double rounded = Math.round(value * THOUSAND) / THOUSAND;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    /** Besides what must be, all that could end a script or a line is escaped. */
    private static String string(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || character > '~' || character == '<' || character == '>') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
