package org.cairndns.kubernetes.source;

import java.util.List;
import java.util.Locale;
import org.cairndns.kubernetes.PortEntry;
import org.jspecify.annotations.Nullable;

/**
 * A forgiving reader of one object of the API, front to back, whatever its encoding: a value of another type than expected counts as
 * absent.
 *
 * <p>The elements of a list or of a map may come in several parts under the same field name, so what is read is added to what is
 * there. Each method leaves the reader at the end of the value.
 */
interface FieldReader {
    /** The name of the object's next field, with the reader at its value; null at the end of the object. */
    @Nullable
    String nextField();

    /** Whether the reader stands at an object; skips anything else. */
    boolean enterObject();

    /** Whether the reader stands at an array; skips anything else. */
    boolean enterArray();

    /** Whether the array has a next element, which the reader then stands at. */
    boolean nextElement();

    /** A string, or a number or boolean as written; otherwise empty. */
    String text();

    /** False only for the boolean false. */
    boolean nilOrTrue();

    /** False for an absent value and an empty text. */
    boolean isGiven();

    /** A port number, -1 for anything that is none. */
    int port();

    /** Leaves the value out. */
    void skip();

    /** A protocol in lower case; the API's default is TCP. */
    private String protocol() {
        String text = text();
        return switch (text) {
            case "TCP", "" -> "tcp";
            case "UDP" -> "udp";
            default -> text.toLowerCase(Locale.ROOT);
        };
    }

    /** Adds the elements of an array of strings. */
    default void addTexts(List<String> texts) {
        if (enterArray()) {
            while (nextElement()) {
                texts.add(text());
            }
        }
    }

    /** Adds the elements of {@code ports} that have a number. */
    default void addPorts(List<PortEntry> ports) {
        if (enterArray()) {
            while (nextElement()) {
                if (enterObject()) {
                    addPort(ports);
                }
            }
        }
    }

    private void addPort(List<PortEntry> ports) {
        String name = "";
        String protocol = "tcp";
        int port = -1;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "name" -> name = text();
                case "protocol" -> protocol = protocol();
                case "port" -> port = port();
                default -> skip();
            }
        }
        if (port >= 0) {
            ports.add(new PortEntry(name, protocol, port));
        }
    }
}
