package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import tools.jackson.core.json.JsonFactory;

/** A list in JSON. */
final class JsonListBody implements ListBody {
    private final JsonFactory json;
    private final JsonCutter cutter;

    JsonListBody(JsonFactory json, Sink sink) {
        this.json = json;
        this.cutter = JsonCutter.list((octets, offset, length) -> {
            try (JsonReader reader = JsonReader.open(json, octets, offset, length)) {
                sink.object(reader);
            }
        });
    }

    @Override
    public void feed(ByteBuffer piece) {
        cutter.feed(piece);
    }

    @Override
    public ListPage end() {
        cutter.finish();
        String kind = "";
        ListPage page = ListPage.NONE;
        try (JsonReader reader = JsonReader.open(json, cutter.envelope())) {
            if (!reader.isObject()) {
                throw new MalformedBodyException("no object");
            }
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "kind" -> kind = reader.text();
                    case "metadata" -> page = reader.enterObject() ? ListPage.read(reader) : page;
                    default -> reader.skip();
                }
            }
        }
        return page.of(kind);
    }
}
