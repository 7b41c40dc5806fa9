package org.cairndns.kubernetes.source;

/**
 * The labels that say whose endpoints an EndpointSlice has; each empty when absent.
 *
 * @param serviceName {@code kubernetes.io/service-name}: a Service
 * @param importName {@code multicluster.kubernetes.io/service-name}: a ServiceImport
 * @param sourceCluster {@code multicluster.kubernetes.io/source-cluster}: the cluster that the endpoints of an import are in
 */
record SliceLabels(String serviceName, String importName, String sourceCluster) {
    static final SliceLabels NONE = new SliceLabels("", "", "");

    /** These and what the reader finds in {@code metadata.labels}. */
    SliceLabels and(FieldReader reader) {
        String serviceName = this.serviceName;
        String importName = this.importName;
        String sourceCluster = this.sourceCluster;
        if (reader.enterObject()) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "kubernetes.io/service-name" -> serviceName = reader.text();
                    case "multicluster.kubernetes.io/service-name" -> importName = reader.text();
                    case "multicluster.kubernetes.io/source-cluster" -> sourceCluster = reader.text();
                    default -> reader.skip();
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
