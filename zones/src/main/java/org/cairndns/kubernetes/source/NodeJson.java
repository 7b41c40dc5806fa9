package org.cairndns.kubernetes.source;

import java.io.ByteArrayOutputStream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A writer of one node as JSON, in which aliases are what they stand for. */
final class NodeJson {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final JsonGenerator json;

    private NodeJson(JsonFactory factory) {
        this.json = factory.createGenerator(ObjectWriteContext.empty(), octets);
    }

    /**
     * The node as JSON.
     *
     * @throws ManifestException when a key is no scalar, or when aliases make the text endless
     */
    static byte[] octets(JsonFactory factory, Node node) throws ManifestException {
        NodeJson writer = new NodeJson(factory);
        writer.value(node, 0);
        writer.json.close();
        return writer.octets.toByteArray();
    }

    private void value(Node node, int depth) throws ManifestException {
        if (depth > DocumentSink.MAX_DEPTH || octets.size() > JsonCutter.MAX_OBJECT_OCTETS) {
            throw new ManifestException(node.getStartMark(), "aliases that repeat too much");
        }
        switch (node) {
            case MappingNode mapping -> {
                json.writeStartObject();
                for (NodeTuple field : mapping.getValue()) {
                    json.writeName(name(field.getKeyNode()));
                    value(field.getValueNode(), depth + 1);
                }
                json.writeEndObject();
            }
            case SequenceNode sequence -> {
                json.writeStartArray();
                for (Node element : sequence.getValue()) {
                    value(element, depth + 1);
                }
                json.writeEndArray();
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new ManifestException(node.getStartMark(), "unexpected " + node.getNodeType());
        }
    }

    private static String name(Node key) throws ManifestException {
        if (key instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new ManifestException(
                key.getStartMark(), "a name expected, braces found (templates have to be rendered first)");
    }

    private void scalar(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String value = scalar.getValue();
        if (tag.equals(Tag.INT) && ManifestScalars.isInteger(value)) {
            json.writeNumber(value);
        } else if (tag.equals(Tag.BOOL) && !value.isEmpty()) {
            json.writeBoolean(ManifestScalars.isTrue(value));
        } else if (tag.equals(Tag.NULL)) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }
}
