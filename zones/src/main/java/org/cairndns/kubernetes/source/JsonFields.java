package org.cairndns.kubernetes.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cairndns.kubernetes.PortEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Forgiving reads of the value that a parser stands at: a value of another type than expected counts as absent.
 *
 * <p>Each method leaves the parser at the last token of the value.
 */
final class JsonFields {
    private JsonFields() {}

    /** Whether the parser stands at an object; skips anything else. */
    static boolean enterObject(JsonParser parser) {
        return enter(parser, JsonToken.START_OBJECT);
    }

    /** Whether the parser stands at an array; skips anything else. */
    static boolean enterArray(JsonParser parser) {
        return enter(parser, JsonToken.START_ARRAY);
    }

    /** The name of the object's next field, with the parser at its value; null at the end of the object. */
    static @Nullable String nextField(JsonParser parser) {
        if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
            return null;
        }
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    /** Whether the array has a next element, which the parser then stands at. */
    static boolean nextElement(JsonParser parser) {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /** A string, or a number or boolean as written; otherwise empty. */
    static String text(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || (token.isScalarValue() && token != JsonToken.VALUE_NULL)) {
            return parser.getString();
        }
        parser.skipChildren();
        return "";
    }

    /** False only for the boolean false. */
    static boolean nilOrTrue(JsonParser parser) {
        boolean value = parser.currentToken() != JsonToken.VALUE_FALSE;
        parser.skipChildren();
        return value;
    }

    /** A port number, -1 for anything that is none. */
    static int port(JsonParser parser) {
        int value = -1;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT) {
            value = parser.getIntValue();
        }
        parser.skipChildren();
        return value <= 65535 ? value : -1;
    }

    /** A protocol in lower case; the API's default is TCP. */
    static String protocol(JsonParser parser) {
        String text = text(parser);
        return switch (text) {
            case "TCP", "" -> "tcp";
            case "UDP" -> "udp";
            default -> text.toLowerCase(Locale.ROOT);
        };
    }

    /** Adds the elements of an array of strings. */
    static void texts(JsonParser parser, List<String> texts) {
        if (enterArray(parser)) {
            while (nextElement(parser)) {
                texts.add(text(parser));
            }
        }
    }

    /** The value of {@code ports}; elements without a number are left out. */
    static List<PortEntry> portEntries(JsonParser parser) {
        List<PortEntry> ports = new ArrayList<>(4);
        if (enterArray(parser)) {
            while (nextElement(parser)) {
                addPort(parser, ports);
            }
        }
        return ports;
    }

    private static void addPort(JsonParser parser, List<PortEntry> ports) {
        if (!enterObject(parser)) {
            return;
        }
        String name = "";
        String protocol = "tcp";
        int port = -1;
        for (String field = nextField(parser); field != null; field = nextField(parser)) {
            switch (field) {
                case "name" -> name = text(parser);
                case "protocol" -> protocol = protocol(parser);
                case "port" -> port = port(parser);
                default -> parser.skipChildren();
            }
        }
        if (port >= 0) {
            ports.add(new PortEntry(name, protocol, port));
        }
    }

    private static boolean enter(JsonParser parser, JsonToken start) {
        if (parser.currentToken() == start) {
            return true;
        }
        parser.skipChildren();
        return false;
    }
}
