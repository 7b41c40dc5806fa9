package org.cairndns.kubernetes.source;

import java.util.List;
import org.cairndns.kubernetes.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message of the API that matter, under the names that they have in JSON.
 *
 * <p>Source: {@code generated.proto} of k8s.io/api/core/v1, k8s.io/api/discovery/v1, k8s.io/apimachinery/pkg/apis/meta/v1 and
 * k8s.io/apimachinery/pkg/runtime, whose numbers never change.
 */
final class ProtoMessage {
    /**
     * A field.
     *
     * @param message what its values are, null where they are text or numbers
     */
    record Field(int number, String name, @Nullable ProtoMessage message) {}

    /** An entry of a map from text to text. */
    static final ProtoMessage MAP_ENTRY = new ProtoMessage(List.of());

    /** The value in an entry of a map. */
    static final Field MAP_VALUE = value(2, "value");

    private static final ProtoMessage NOTHING = new ProtoMessage(List.of());

    /** {@code metadata} of every object. */
    private static final ProtoMessage META = new ProtoMessage(List.of(
            value(1, "name"),
            value(3, "namespace"),
            value(6, "resourceVersion"),
            message(9, "deletionTimestamp", NOTHING),
            message(11, "labels", MAP_ENTRY),
            message(12, "annotations", MAP_ENTRY)));

    /** What stands around an object; {@code raw} has the object. */
    static final ProtoMessage ENVELOPE = new ProtoMessage(List.of(value(2, "raw")));

    /** What an envelope says of its object. */
    static final ProtoMessage TYPE = new ProtoMessage(List.of(value(2, "kind")));

    /** An event of a watch; {@code raw} has the object in its envelope. */
    static final ProtoMessage WATCH_EVENT = new ProtoMessage(List.of(
            value(1, "type"), message(2, "object", new ProtoMessage(List.of(value(1, "raw"))))));

    static final ProtoMessage LIST_META = new ProtoMessage(List.of(value(2, "resourceVersion"), value(3, "continue")));

    static final ProtoMessage STATUS = new ProtoMessage(List.of(value(3, "message"), value(6, "code")));

    private static final ProtoMessage PORT =
            new ProtoMessage(List.of(value(1, "name"), value(2, "protocol"), value(3, "port")));

    private static final ProtoMessage BALANCER = new ProtoMessage(List.of(
            message(1, "ingress", new ProtoMessage(List.of(value(1, "ip"), value(2, "hostname"))))));

    private static final ProtoMessage SERVICE = new ProtoMessage(List.of(
            message(1, "metadata", META),
            message(
                    2,
                    "spec",
                    new ProtoMessage(List.of(
                            message(1, "ports", PORT),
                            value(3, "clusterIP"),
                            value(4, "type"),
                            value(5, "externalIPs"),
                            value(10, "externalName"),
                            value(18, "clusterIPs")))),
            message(3, "status", new ProtoMessage(List.of(message(1, "loadBalancer", BALANCER))))));

    private static final ProtoMessage ENDPOINT = new ProtoMessage(List.of(
            value(1, "addresses"),
            message(2, "conditions", new ProtoMessage(List.of(value(1, "ready")))),
            value(3, "hostname"),
            message(4, "targetRef", new ProtoMessage(List.of(value(3, "name")))),
            value(7, "zone")));

    private static final ProtoMessage SLICE = new ProtoMessage(List.of(
            message(1, "metadata", META),
            message(2, "endpoints", ENDPOINT),
            message(3, "ports", PORT),
            value(4, "addressType")));

    private static final ProtoMessage NAMESPACE = new ProtoMessage(List.of(message(1, "metadata", META)));

    private static final ProtoMessage POD = new ProtoMessage(List.of(
            message(1, "metadata", META),
            message(
                    3,
                    "status",
                    new ProtoMessage(List.of(
                            value(1, "phase"),
                            value(6, "podIP"),
                            message(12, "podIPs", new ProtoMessage(List.of(value(1, "ip")))))))));

    /** Fields by their numbers. */
    private final @Nullable Field[] fields;

    private ProtoMessage(List<Field> known) {
        int max = 0;
        for (Field field : known) {
            max = Math.max(max, field.number);
        }
        fields = new Field[max + 1];
        for (Field field : known) {
            fields[field.number] = field;
        }
    }

    /** The objects of a kind; of no use for ServiceImports, which the API has in JSON only. */
    static ProtoMessage of(ObjectKind kind) {
        return switch (kind) {
            case SERVICE -> SERVICE;
            case ENDPOINT_SLICE -> SLICE;
            case NAMESPACE -> NAMESPACE;
            case POD -> POD;
            case SERVICE_IMPORT -> NOTHING;
        };
    }

    /** The field with the number, null if it does not matter. */
    @Nullable
    Field field(long number) {
        return number < fields.length ? fields[(int) number] : null;
    }

    private static Field value(int number, String name) {
        return new Field(number, name, null);
    }

    private static Field message(int number, String name, ProtoMessage message) {
        return new Field(number, name, message);
    }
}
