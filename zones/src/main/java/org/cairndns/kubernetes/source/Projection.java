package org.cairndns.kubernetes.source;

import org.cairndns.kubernetes.ObjectKind;

/** The way from the JSON of one kind of object to its entry. */
interface Projection {
    /**
     * Reads the object whose start the reader stands at, up to its end.
     *
     * @throws tools.jackson.core.JacksonException when it is no JSON
     * @throws MalformedBodyException when it has no name
     */
    ReadObject read(FieldReader reader);

    /** The projection of a kind. */
    static Projection of(ObjectKind kind) {
        return switch (kind) {
            case SERVICE -> new ServiceProjection(false);
            case SERVICE_IMPORT -> new ServiceProjection(true);
            case ENDPOINT_SLICE -> new SliceProjection();
            case NAMESPACE -> new NamespaceProjection();
            case POD -> new PodProjection();
        };
    }

    /** The metadata of an object that has a name. */
    static ObjectMeta named(ObjectMeta meta) {
        if (meta.name().isEmpty()) {
            throw new MalformedBodyException("object without metadata.name");
        }
        return meta;
    }
}
