package org.cairndns.kubernetes.source;

/** An event of a watch. */
sealed interface WatchEvent {
    /** The object exists, in this form. */
    record Changed(ReadObject object) implements WatchEvent {}

    /** The object is gone. */
    record Deleted(ReadObject object) implements WatchEvent {}

    /** Nothing happened up to this version. */
    record Bookmark(String resourceVersion) implements WatchEvent {}

    /** The API ends the watch. */
    record Failed(ApiStatus status) implements WatchEvent {}

    /**
     * The event of a type on the object that the reader stands in.
     *
     * @throws MalformedBodyException when there is no such type
     */
    static WatchEvent of(String type, FieldReader reader, Projection projection) {
        return switch (type) {
            case "ADDED", "MODIFIED" -> new Changed(projection.read(reader));
            case "DELETED" -> new Deleted(projection.read(reader));
            case "BOOKMARK" -> new Bookmark(bookmark(reader));
            case "ERROR" -> new Failed(ApiStatus.read(reader));
            default -> throw new MalformedBodyException("unknown type of event '" + type + "'");
        };
    }

    private static String bookmark(FieldReader reader) {
        ObjectMeta meta = ObjectMeta.NONE;
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            if (field.equals("metadata")) {
                meta = ObjectMeta.read(reader);
            } else {
                reader.skip();
            }
        }
        return meta.resourceVersion();
    }
}
