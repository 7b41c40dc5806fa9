package org.cairndns.kubernetes.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * A reader of JSON text, value by value, into the same nodes that YAML has.
 *
 * <p>YAML's own reader takes most JSON, but not the escapes of characters beyond the first plane.
 */
final class JsonDocuments {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DocumentSink.MAX_DEPTH)
                    .build())
            .build();
    private static final int[] NO_TEXT = {};

    private JsonDocuments() {}

    /**
     * Hands each value at the top to the sink as soon as it is read.
     *
     * @throws ManifestException when the text is no JSON; values before that place were handed over
     */
    static void read(String text, DocumentSink sink) throws ManifestException {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                sink.document(value(parser));
            }
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            throw new ManifestException(
                    place == null ? 1 : place.getLineNr(),
                    place == null ? 1 : place.getColumnNr(),
                    e.getOriginalMessage().lines().findFirst().orElse("no JSON"));
        }
    }

    private static Node value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT ->
                scalar(parser, ManifestScalars.isInteger(parser.getString()) ? Tag.INT : Tag.FLOAT);
            case VALUE_NUMBER_FLOAT -> scalar(parser, Tag.FLOAT);
            case VALUE_TRUE, VALUE_FALSE -> scalar(parser, Tag.BOOL);
            case VALUE_NULL -> scalar(parser, Tag.NULL);
            case VALUE_STRING, VALUE_EMBEDDED_OBJECT, PROPERTY_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE ->
                scalar(parser, Tag.STR);
        };
    }

    private static Node object(JsonParser parser) {
        Optional<Mark> mark = mark(parser);
        List<NodeTuple> fields = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node name = scalar(parser, Tag.STR);
            parser.nextToken();
            fields.add(new NodeTuple(name, value(parser)));
        }
        return new MappingNode(Tag.MAP, true, fields, FlowStyle.FLOW, mark, mark);
    }

    private static Node array(JsonParser parser) {
        Optional<Mark> mark = mark(parser);
        List<Node> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new SequenceNode(Tag.SEQ, true, elements, FlowStyle.FLOW, mark, mark);
    }

    private static Node scalar(JsonParser parser, Tag tag) {
        ScalarStyle style = tag.equals(Tag.STR) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
        Optional<Mark> mark = mark(parser);
        return new ScalarNode(tag, true, parser.getString(), style, mark, mark);
    }

    private static Optional<Mark> mark(JsonParser parser) {
        TokenStreamLocation place = parser.currentTokenLocation();
        return Optional.of(new Mark("", 0, place.getLineNr() - 1, place.getColumnNr() - 1, NO_TEXT, 0));
    }
}
