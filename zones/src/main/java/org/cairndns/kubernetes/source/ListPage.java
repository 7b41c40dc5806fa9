package org.cairndns.kubernetes.source;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a page of a list says besides its objects.
 *
 * @param resourceVersion from which a watch goes on
 * @param continueToken asks for the next page, empty on the last one
 */
record ListPage(String resourceVersion, String continueToken) {
    /**
     * Reads a list without its items.
     *
     * @throws MalformedBodyException when it is no list
     */
    static ListPage read(JsonFactory json, OctetBuffer envelope) {
        String kind = "";
        ListPage page = new ListPage("", "");
        try (JsonParser parser =
                json.createParser(ObjectReadContext.empty(), envelope.octets(), 0, envelope.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedBodyException("no object");
            }
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "kind" -> kind = JsonFields.text(parser);
                    case "metadata" -> page = metadata(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        if (!kind.endsWith("List") || page.resourceVersion().isEmpty()) {
            throw new MalformedBodyException("not a list with a version but '" + kind + "'");
        }
        return page;
    }

    private static ListPage metadata(JsonParser parser) {
        String resourceVersion = "";
        String continueToken = "";
        if (JsonFields.enterObject(parser)) {
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "resourceVersion" -> resourceVersion = JsonFields.text(parser);
                    case "continue" -> continueToken = JsonFields.text(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        return new ListPage(resourceVersion, continueToken);
    }
}
