package org.cairndns.kubernetes.source;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The object by which the API says that something failed.
 *
 * @param code HTTP status, 0 when absent
 * @param message for humans, empty when absent
 */
record ApiStatus(int code, String message) {
    /** Reads the object whose start the parser stands at. */
    static ApiStatus read(JsonParser parser) {
        int code = 0;
        String message = "";
        for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
            switch (field) {
                case "code" -> code = Math.max(0, JsonFields.port(parser));
                case "message" -> message = JsonFields.text(parser);
                default -> parser.skipChildren();
            }
        }
        return new ApiStatus(code, message);
    }

    /** The message in the body of a refusal, or the body itself where it is not of the API. */
    static String messageIn(JsonFactory json, OctetBuffer body) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), body.octets(), 0, body.length())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                return read(parser).message();
            }
        } catch (JacksonException e) {
            // Whatever stands between us and the API has answered; its words are the best explanation there is.
            return new String(body.octets(), 0, body.length(), StandardCharsets.UTF_8);
        }
        return "";
    }
}
