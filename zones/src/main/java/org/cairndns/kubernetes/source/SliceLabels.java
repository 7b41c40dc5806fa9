package org.cairndns.kubernetes.source;

import tools.jackson.core.JsonParser;

/**
 * The labels that say whose endpoints an EndpointSlice has; each empty when absent.
 *
 * @param serviceName {@code kubernetes.io/service-name}: a Service
 * @param importName {@code multicluster.kubernetes.io/service-name}: a ServiceImport
 * @param sourceCluster {@code multicluster.kubernetes.io/source-cluster}: the cluster that the endpoints of an import are in
 */
record SliceLabels(String serviceName, String importName, String sourceCluster) {
    static final SliceLabels NONE = new SliceLabels("", "", "");

    /** Reads the value of {@code metadata.labels}. */
    static SliceLabels read(JsonParser parser) {
        String serviceName = "";
        String importName = "";
        String sourceCluster = "";
        if (JsonFields.enterObject(parser)) {
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "kubernetes.io/service-name" -> serviceName = JsonFields.text(parser);
                    case "multicluster.kubernetes.io/service-name" -> importName = JsonFields.text(parser);
                    case "multicluster.kubernetes.io/source-cluster" -> sourceCluster = JsonFields.text(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        return new SliceLabels(serviceName, importName, sourceCluster);
    }

    /** True if no service has the slice. */
    boolean areNone() {
        return serviceName.isEmpty() && importName.isEmpty();
    }
}
