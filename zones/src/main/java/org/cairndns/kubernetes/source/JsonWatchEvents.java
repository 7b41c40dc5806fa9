package org.cairndns.kubernetes.source;

import tools.jackson.core.json.JsonFactory;

/** A reader of the events on one kind of object in JSON. */
final class JsonWatchEvents {
    private final JsonFactory json;
    private final Projection projection;

    JsonWatchEvents(JsonFactory json, Projection projection) {
        this.json = json;
        this.projection = projection;
    }

    /**
     * Reads one event.
     *
     * @throws tools.jackson.core.JacksonException when it is no JSON
     * @throws MalformedBodyException when it is no event
     */
    WatchEvent read(byte[] octets, int offset, int length) {
        return event(type(octets, offset, length), octets, offset, length);
    }

    // The type decides how to read the object, and JSON has no order of fields.
    private String type(byte[] octets, int offset, int length) {
        try (JsonReader reader = open(octets, offset, length)) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals("type")) {
                    return reader.text();
                }
                reader.skip();
            }
        }
        throw new MalformedBodyException("event without a type");
    }

    private WatchEvent event(String type, byte[] octets, int offset, int length) {
        try (JsonReader reader = open(octets, offset, length)) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals("object") && reader.enterObject()) {
                    return WatchEvent.of(type, reader, projection);
                }
                reader.skip();
            }
        }
        throw new MalformedBodyException("event without an object");
    }

    private JsonReader open(byte[] octets, int offset, int length) {
        JsonReader reader = JsonReader.open(json, octets, offset, length);
        if (!reader.isObject()) {
            throw new MalformedBodyException("event that is no object");
        }
        return reader;
    }
}
