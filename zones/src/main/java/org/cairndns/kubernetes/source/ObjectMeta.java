package org.cairndns.kubernetes.source;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The fields of {@code metadata} that matter.
 *
 * @param namespace empty when absent
 * @param name empty when absent
 * @param resourceVersion empty when absent
 * @param labels those that matter
 * @param changeTriggeredAt annotation {@code endpoints.kubernetes.io/last-change-trigger-time}, empty when absent
 * @param allLabels the labels of objects that are read with them
 * @param leaving whether there is a deletion timestamp
 */
record ObjectMeta(
        String namespace,
        String name,
        String resourceVersion,
        SliceLabels labels,
        String changeTriggeredAt,
        Map<String, String> allLabels,
        boolean leaving) {
    static final ObjectMeta NONE = new ObjectMeta("", "", "", SliceLabels.NONE, "", Map.of(), false);

    private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

    /** Reads the value of {@code metadata}. */
    static ObjectMeta read(FieldReader reader) {
        return read(reader, false);
    }

    /** Reads the value of {@code metadata} with all labels instead of those that matter to slices. */
    static ObjectMeta readWithLabels(FieldReader reader) {
        return read(reader, true);
    }

    private static ObjectMeta read(FieldReader reader, boolean withLabels) {
        Map<String, String> allLabels = new HashMap<>(0);
        String namespace = "";
        String name = "";
        String resourceVersion = "";
        SliceLabels labels = SliceLabels.NONE;
        String changeTriggeredAt = "";
        boolean leaving = false;
        if (reader.enterObject()) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "namespace" -> namespace = reader.text();
                    case "name" -> name = reader.text();
                    case "resourceVersion" -> resourceVersion = reader.text();
                    case "labels" -> {
                        if (withLabels) {
                            readLabels(reader, allLabels);
                        } else {
                            labels = labels.and(reader);
                        }
                    }
                    case "annotations" -> changeTriggeredAt = triggerTime(reader, changeTriggeredAt);
                    case "deletionTimestamp" -> leaving = reader.isGiven();
                    default -> reader.skip();
                }
            }
        }
        return new ObjectMeta(namespace, name, resourceVersion, labels, changeTriggeredAt, allLabels, leaving);
    }

    private static void readLabels(FieldReader reader, Map<String, String> labels) {
        if (reader.enterObject()) {
            for (String key = reader.nextField(); key != null; key = reader.nextField()) {
                labels.put(key, reader.text());
            }
        }
    }

    /** The same in the namespace {@code default} where there is no other. */
    ObjectMeta orDefaultNamespace() {
        return namespace.isEmpty()
                ? new ObjectMeta("default", name, resourceVersion, labels, changeTriggeredAt, allLabels, leaving)
                : this;
    }

    /** A number that is another one after each change of the object. */
    int revision() {
        return Versions.revision(resourceVersion);
    }

    /** Unix time in milliseconds of {@link #changeTriggeredAt()}. */
    OptionalLong changeTriggeredAtMillis() {
        return changeTriggeredAt.isEmpty() ? OptionalLong.empty() : Timestamps.millis(changeTriggeredAt);
    }

    private static String triggerTime(FieldReader reader, String otherwise) {
        String value = otherwise;
        if (reader.enterObject()) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals(TRIGGER_TIME)) {
                    value = reader.text();
                } else {
                    reader.skip();
                }
            }
        }
        return value;
    }
}
