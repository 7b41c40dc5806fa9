package org.cairndns.kubernetes.source;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
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
            try (JsonParser parser = open(octets, offset, length)) {
                for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                    if (field.equals("type")) {
                        return JsonFields.text(parser);
                    }
                    parser.skipChildren();
                }
            }
            throw new MalformedBodyException("event without a type");
        }

        private WatchEvent event(String type, byte[] octets, int offset, int length) {
            try (JsonParser parser = open(octets, offset, length)) {
                for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                    if (field.equals("object") && JsonFields.enterObject(parser)) {
                        return event(type, parser);
                    }
                    parser.skipChildren();
                }
            }
            throw new MalformedBodyException("event without an object");
        }

        private WatchEvent event(String type, JsonParser parser) {
            return switch (type) {
                case "ADDED", "MODIFIED" -> new Changed(projection.read(parser));
                case "DELETED" -> new Deleted(projection.read(parser));
                case "BOOKMARK" -> new Bookmark(bookmark(parser));
                case "ERROR" -> new Failed(ApiStatus.read(parser));
                default -> throw new MalformedBodyException("unknown type of event '" + type + "'");
            };
        }

        private static String bookmark(JsonParser parser) {
            ObjectMeta meta = ObjectMeta.NONE;
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                if (field.equals("metadata")) {
                    meta = ObjectMeta.read(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return meta.resourceVersion();
        }

        private JsonParser open(byte[] octets, int offset, int length) {
            JsonParser parser = json.createParser(ObjectReadContext.empty(), octets, offset, length);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedBodyException("event that is no object");
            }
            return parser;
        }
    }
}
