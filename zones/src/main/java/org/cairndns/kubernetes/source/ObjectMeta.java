package org.cairndns.kubernetes.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JsonParser;

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
    static ObjectMeta read(JsonParser parser) {
        return read(parser, false);
    }

    /** Reads the value of {@code metadata} with all labels instead of those that matter to slices. */
    static ObjectMeta readWithLabels(JsonParser parser) {
        return read(parser, true);
    }

    private static ObjectMeta read(JsonParser parser, boolean withLabels) {
        Map<String, String> allLabels = new HashMap<>(0);
        String namespace = "";
        String name = "";
        String resourceVersion = "";
        SliceLabels labels = SliceLabels.NONE;
        String changeTriggeredAt = "";
        boolean leaving = false;
        if (JsonFields.enterObject(parser)) {
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "namespace" -> namespace = JsonFields.text(parser);
                    case "name" -> name = JsonFields.text(parser);
                    case "resourceVersion" -> resourceVersion = JsonFields.text(parser);
                    case "labels" -> {
                        if (withLabels) {
                            readLabels(parser, allLabels);
                        } else {
                            labels = SliceLabels.read(parser);
                        }
                    }
                    case "annotations" -> changeTriggeredAt = triggerTime(parser);
                    case "deletionTimestamp" ->
                        leaving = !JsonFields.text(parser).isEmpty();
                    default -> parser.skipChildren();
                }
            }
        }
        return new ObjectMeta(namespace, name, resourceVersion, labels, changeTriggeredAt, allLabels, leaving);
    }

    private static void readLabels(JsonParser parser, Map<String, String> labels) {
        if (JsonFields.enterObject(parser)) {
            for (String key = JsonFields.nextField(parser); key != null; key = JsonFields.nextField(parser)) {
                labels.put(key, JsonFields.text(parser));
            }
        }
    }

    /** The same in the namespace {@code default} where there is no other. */
    ObjectMeta orDefaultNamespace() {
        return namespace.isEmpty()
                ? new ObjectMeta("default", name, resourceVersion, labels, changeTriggeredAt, allLabels, leaving)
                : this;
    }

    /** Unix time in milliseconds of {@link #changeTriggeredAt()}. */
    OptionalLong changeTriggeredAtMillis() {
        if (changeTriggeredAt.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Instant.parse(changeTriggeredAt).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static String triggerTime(JsonParser parser) {
        String value = "";
        if (JsonFields.enterObject(parser)) {
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                if (field.equals(TRIGGER_TIME)) {
                    value = JsonFields.text(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return value;
    }
}
