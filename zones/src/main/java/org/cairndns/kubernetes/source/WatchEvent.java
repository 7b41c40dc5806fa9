package org.cairndns.kubernetes.source;

import tools.jackson.core.json.JsonFactory;

/** An event of a watch. */
sealed interface WatchEvent {
    /** The object exists, in this form. */
    record Changed(ReadObject object) implements WatchEvent {}

    /** The object is gone. */
    record Deleted(ReadObject object) implements WatchEvent {}

    /** Nothing happened up to this version. */
    record Bookmark(String resourceVersion) implements WatchEvent {}

    /** The API ends the watch. */
    record Failed(ApiStatus status) implements WatchEvent {}

    /** A reader of the events on one kind of object. */
    final class Reader {
        private final JsonFactory json;
        private final Projection projection;

        Reader(JsonFactory json, Projection projection) {
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
                        return event(type, reader);
                    }
                    reader.skip();
                }
            }
            throw new MalformedBodyException("event without an object");
        }

        private WatchEvent event(String type, FieldReader reader) {
            return switch (type) {
                case "ADDED", "MODIFIED" -> new Changed(projection.read(reader));
                case "DELETED" -> new Deleted(projection.read(reader));
                case "BOOKMARK" -> new Bookmark(bookmark(reader));
                case "ERROR" -> new Failed(ApiStatus.read(reader));
                default -> throw new MalformedBodyException("unknown type of event '" + type + "'");
            };
        }

        private static String bookmark(FieldReader reader) {
            ObjectMeta meta = ObjectMeta.NONE;
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals("metadata")) {
                    meta = ObjectMeta.read(reader);
                } else {
                    reader.skip();
                }
            }
            return meta.resourceVersion();
        }

        private JsonReader open(byte[] octets, int offset, int length) {
            JsonReader reader = JsonReader.open(json, octets, offset, length);
            if (!reader.isObject()) {
                throw new MalformedBodyException("event that is no object");
            }
            return reader;
        }
    }
}
