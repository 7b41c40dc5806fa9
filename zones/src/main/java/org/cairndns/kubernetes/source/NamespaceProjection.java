package org.cairndns.kubernetes.source;

/** The projection of a Namespace, of which only the name counts. */
final class NamespaceProjection implements Projection {
    @Override
    public ReadObject read(FieldReader reader) {
        ObjectMeta meta = ObjectMeta.NONE;
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            if (field.equals("metadata")) {
                meta = ObjectMeta.read(reader);
            } else {
                reader.skip();
            }
        }
        Projection.named(meta);
        return new ReadObject(meta, new Projected.Namespace(meta.name()));
    }
}
