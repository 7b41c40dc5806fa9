package org.cairndns.kubernetes.source;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.kubernetes.ObjectKind;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.core.json.JsonFactory;

/** A reader of the objects in a manifest file that DNS is made of; other objects, and what is no object, are left out. */
final class ManifestReader implements DocumentSink {
    /** The longest file that is read: 100,000 services with their endpoints have less. */
    static final long MAX_FILE_OCTETS = 256L << 20;

    private static final String LIST = "List";
    private static final JsonFactory JSON = new JsonFactory();

    private final List<ManifestObject> objects = new ArrayList<>();

    private ManifestReader() {}

    /**
     * All objects of a file in their order.
     *
     * @throws IOException when the file can't be read
     * @throws ManifestException when its text can't be used
     */
    static List<ManifestObject> read(Path file) throws IOException, ManifestException {
        if (Files.size(file) > MAX_FILE_OCTETS) {
            throw new ManifestException(1, 1, "more than " + MAX_FILE_OCTETS + " octets; split the file");
        }
        String text;
        try (Reader reader = new YamlUnicodeReader(Files.newInputStream(file))) {
            text = reader.readAllAsString();
        }
        ManifestReader reader = new ManifestReader();
        if (file.toString().endsWith(".json")) {
            JsonDocuments.read(text, reader);
        } else {
            YamlDocuments.read(text, reader);
        }
        return reader.objects;
    }

    @Override
    public void document(Node root) throws ManifestException {
        if (!(root instanceof MappingNode document)) {
            return;
        }
        String apiVersion = text(document, "apiVersion");
        String kindName = text(document, "kind");
        if (kindName.endsWith(LIST) && field(document, "items") instanceof SequenceNode items) {
            // Elements of a ServiceList need not say that they are Services.
            String elementKind = kindName.substring(0, kindName.length() - LIST.length());
            for (Node item : items.getValue()) {
                if (item instanceof MappingNode element) {
                    object(element, apiVersion, elementKind);
                }
            }
        } else {
            object(document, "", "");
        }
    }

    private void object(MappingNode node, String defaultApiVersion, String defaultKind) throws ManifestException {
        String kindName = text(node, "kind");
        Optional<ObjectKind> kind = kindName.isEmpty()
                ? ApiResource.kindOf(defaultApiVersion, defaultKind)
                : ApiResource.kindOf(text(node, "apiVersion"), kindName);
        if (kind.isPresent()) {
            add(kind.get(), node);
        }
    }

    private void add(ObjectKind kind, MappingNode node) throws ManifestException {
        ReadObject read;
        byte[] json = NodeJson.octets(JSON, node);
        try (JsonReader reader = JsonReader.open(JSON, json, 0, json.length)) {
            read = Projection.of(kind).read(reader);
        } catch (MalformedBodyException e) {
            throw new ManifestException(node.getStartMark(), String.valueOf(e.getMessage()));
        }
        if (isObject(read.projected())) {
            String namespace = kind == ObjectKind.NAMESPACE ? "" : read.meta().namespace();
            objects.add(new ManifestObject(kind, namespace, read.meta().name(), read.projected()));
        }
    }

    private static boolean isObject(Projected projected) {
        return switch (projected) {
            case Projected.Service service -> true;
            case Projected.ServiceImport imported -> true;
            case Projected.Slice slice -> true;
            case Projected.Pod pod -> true;
            case Projected.Namespace namespace -> true;
            case Projected.Irrelevant irrelevant -> false;
            case Projected.Leaving leaving -> false;
        };
    }

    private static String text(MappingNode mapping, String name) {
        return field(mapping, name) instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static @Nullable Node field(MappingNode mapping, String name) {
        for (NodeTuple field : mapping.getValue()) {
            if (field.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
                return field.getValueNode();
            }
        }
        return null;
    }
}
