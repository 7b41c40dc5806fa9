package org.cairndns.kubernetes.source;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reader of an object in JSON; what is no JSON is a {@link tools.jackson.core.JacksonException}. */
final class JsonReader implements FieldReader, AutoCloseable {
    private final JsonParser parser;
    private final JsonToken first;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
        this.first = parser.nextToken();
    }

    /** A reader of the text in {@code octets[offset..offset + length)}. */
    static JsonReader open(JsonFactory json, byte[] octets, int offset, int length) {
        return new JsonReader(json.createParser(ObjectReadContext.empty(), octets, offset, length));
    }

    static JsonReader open(JsonFactory json, OctetBuffer text) {
        return open(json, text.octets(), 0, text.length());
    }

    /** True if the text is that of an object. */
    boolean isObject() {
        return first == JsonToken.START_OBJECT;
    }

    @Override
    public @Nullable String nextField() {
        if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
            return null;
        }
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    @Override
    public boolean enterObject() {
        return enter(JsonToken.START_OBJECT);
    }

    @Override
    public boolean enterArray() {
        return enter(JsonToken.START_ARRAY);
    }

    @Override
    public boolean nextElement() {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    @Override
    public String text() {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || (token.isScalarValue() && token != JsonToken.VALUE_NULL)) {
            return parser.getString();
        }
        parser.skipChildren();
        return "";
    }

    @Override
    public boolean nilOrTrue() {
        boolean value = parser.currentToken() != JsonToken.VALUE_FALSE;
        parser.skipChildren();
        return value;
    }

    @Override
    public boolean isGiven() {
        return !text().isEmpty();
    }

    @Override
    public int port() {
        int value = -1;
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT) {
            value = parser.getIntValue();
        }
        parser.skipChildren();
        return value <= 65535 ? value : -1;
    }

    @Override
    public void skip() {
        parser.skipChildren();
    }

    @Override
    public void close() {
        parser.close();
    }

    private boolean enter(JsonToken start) {
        if (parser.currentToken() == start) {
            return true;
        }
        parser.skipChildren();
        return false;
    }
}
