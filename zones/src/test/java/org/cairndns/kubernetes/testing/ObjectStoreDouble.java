package org.cairndns.kubernetes.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects in memory with versions and a history of changes, as etcd has them. */
final class ObjectStoreDouble {
    /**
     * A page of a list.
     *
     * @param json the list, empty when expired
     * @param expired whether the continue token is older than the history
     */
    record Page(String json, boolean expired) {}

    /**
     * Changes for a watch.
     *
     * @param events JSON
     * @param version up to which they go
     * @param expired whether the watch is older than the history; the event says so
     */
    record Changes(List<String> events, long version, boolean expired) {}

    private record Change(long version, String plural, String type, ObjectNode object) {}

    private final JsonMapper mapper = new JsonMapper();
    private final Map<String, NavigableMap<String, ObjectNode>> objects = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private long version = 1000;
    private long forgotten;

    synchronized void create(String plural, String namespace, String json) {
        ObjectNode object = (ObjectNode) mapper.readTree(json);
        ObjectNode metadata = object.withObject("/metadata");
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        store("ADDED", plural, namespace + "/" + metadata.get("name").asString(), object);
    }

    synchronized void patch(String plural, String namespace, String name, String json) {
        ObjectNode object = of(plural).get(namespace + "/" + name).deepCopy();
        merge(object, mapper.readTree(json));
        store("MODIFIED", plural, namespace + "/" + name, object);
    }

    synchronized void delete(String plural, String namespace, String name) {
        ObjectNode object = of(plural).remove(namespace + "/" + name).deepCopy();
        record("DELETED", plural, object);
    }

    synchronized long version() {
        return version;
    }

    synchronized void compact() {
        history.clear();
        forgotten = ++version;
        notifyAll();
    }

    /** A page of the objects that have the label, given as {@code key=value}; of all objects when that is empty. */
    synchronized Page list(String plural, String label, int limit, String continueToken) {
        String after = "";
        if (!continueToken.isEmpty()) {
            int colon = continueToken.indexOf(':');
            if (Long.parseLong(continueToken.substring(0, colon)) < forgotten) {
                return new Page("", true);
            }
            after = continueToken.substring(colon + 1);
        }
        NavigableMap<String, ObjectNode> rest = of(plural).tailMap(after, false);
        ObjectNode list = mapper.createObjectNode();
        list.put("kind", "TestList").put("apiVersion", "v1");
        ObjectNode metadata = list.putObject("metadata").put("resourceVersion", Long.toString(version));
        var items = list.putArray("items");
        String last = "";
        for (Map.Entry<String, ObjectNode> entry : rest.entrySet()) {
            if (!hasLabel(entry.getValue(), label)) {
                continue;
            }
            if (items.size() == limit) {
                metadata.put("continue", version + ":" + last);
                break;
            }
            items.add(entry.getValue());
            last = entry.getKey();
        }
        return new Page(mapper.writeValueAsString(list), false);
    }

    /** Waits a while for changes; without any, there is a bookmark. */
    synchronized Changes changesAfter(String plural, long after, long waitMillis) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        while (true) {
            if (after < forgotten && after != version) {
                return new Changes(List.of("""
                        {"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old resource version"}}"""), version, true);
            }
            List<String> events = new ArrayList<>();
            for (Change change : history) {
                if (change.version() > after && change.plural().equals(plural)) {
                    events.add(event(change.type(), change.object()));
                }
            }
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (!events.isEmpty()) {
                return new Changes(events, version, false);
            }
            if (leftMillis <= 0) {
                return new Changes(List.of(event("BOOKMARK", bookmark())), version, false);
            }
            wait(leftMillis);
        }
    }

    private static boolean hasLabel(ObjectNode object, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                || object.at("/metadata/labels")
                        .path(label.substring(0, equals))
                        .asString("")
                        .equals(label.substring(equals + 1));
    }

    private ObjectNode bookmark() {
        ObjectNode object = mapper.createObjectNode();
        object.putObject("metadata").put("resourceVersion", Long.toString(version));
        return object;
    }

    private String event(String type, ObjectNode object) {
        ObjectNode event = mapper.createObjectNode().put("type", type);
        event.set("object", object);
        return mapper.writeValueAsString(event);
    }

    private void store(String type, String plural, String key, ObjectNode object) {
        of(plural).put(key, object);
        record(type, plural, object);
    }

    private void record(String type, String plural, ObjectNode object) {
        version++;
        object.withObject("/metadata").put("resourceVersion", Long.toString(version));
        history.add(new Change(version, plural, type, object.deepCopy()));
        notifyAll();
    }

    private NavigableMap<String, ObjectNode> of(String plural) {
        return objects.computeIfAbsent(plural, key -> new TreeMap<>());
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject() && target.get(field.getKey()) instanceof ObjectNode nested) {
                merge(nested, field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
    }
}
