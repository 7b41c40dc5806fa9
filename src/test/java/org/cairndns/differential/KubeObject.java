package org.cairndns.differential;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An object of the Kubernetes API as a tree; what is missing reads as empty. */
record KubeObject(JsonNode tree) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Reads YAML or JSON. */
    static KubeObject of(String text) {
        return new KubeObject(YAML.readTree(text));
    }

    String kind() {
        return text("/kind");
    }

    String name() {
        return text("/metadata/name");
    }

    boolean hasStatus() {
        return tree.has("status");
    }

    String namespace() {
        return text("/metadata/namespace");
    }

    String label(String key) {
        return tree.at("/metadata/labels").path(key).asString("");
    }

    /** A text by its JSON pointer. */
    String text(String pointer) {
        return tree.at(pointer).asString("");
    }

    /** A list of texts by its JSON pointer. */
    List<String> texts(String pointer) {
        List<String> texts = new ArrayList<>();
        tree.at(pointer).forEach(item -> texts.add(item.asString("")));
        return texts;
    }

    /** A list of trees by its JSON pointer. */
    List<KubeObject> list(String pointer) {
        List<KubeObject> items = new ArrayList<>();
        tree.at(pointer).forEach(item -> items.add(new KubeObject(item)));
        return items;
    }

    @Override
    public String toString() {
        return tree.toString();
    }
}
