package org.cairndns.kubernetes.source;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/**
 * The object by which the API says that something failed.
 *
 * @param code HTTP status, 0 when absent
 * @param message for humans, empty when absent
 */
record ApiStatus(int code, String message) {
    /** Reads the object whose start the reader stands at. */
    static ApiStatus read(FieldReader reader) {
        int code = 0;
        String message = "";
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            switch (field) {
                case "code" -> code = Math.max(0, reader.port());
                case "message" -> message = reader.text();
                default -> reader.skip();
            }
        }
        return new ApiStatus(code, message);
    }

    /** The message in the body of a refusal, or the body itself where it is not of the API. */
    static String messageIn(JsonFactory json, OctetBuffer body) {
        if (ProtoEnvelope.isOne(body.octets(), 0, body.length())) {
            return read(ProtoEnvelope.open(body.octets(), 0, body.length(), ProtoMessage.STATUS))
                    .message();
        }
        try (JsonReader reader = JsonReader.open(json, body)) {
            if (reader.isObject()) {
                return read(reader).message();
            }
        } catch (JacksonException e) {
            // Whatever stands between us and the API has answered; its words are the best explanation there is.
            return new String(body.octets(), 0, body.length(), StandardCharsets.UTF_8);
        }
        return "";
    }
}
