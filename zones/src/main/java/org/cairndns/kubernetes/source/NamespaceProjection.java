package org.cairndns.kubernetes.source;

import tools.jackson.core.JsonParser;

/** The projection of a Namespace, of which only the name counts. */
final class NamespaceProjection implements Projection {
    @Override
    public ReadObject read(JsonParser parser) {
        ObjectMeta meta = ObjectMeta.NONE;
        for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
            if (field.equals("metadata")) {
                meta = ObjectMeta.read(parser);
            } else {
                parser.skipChildren();
            }
        }
        Projection.named(meta);
        return new ReadObject(meta, new Projected.Namespace(meta.name()));
    }
}
