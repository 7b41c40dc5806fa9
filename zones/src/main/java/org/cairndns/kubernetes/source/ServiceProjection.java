package org.cairndns.kubernetes.source;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import tools.jackson.core.JsonParser;

/** The projection of a Service, or of a ServiceImport (KEP-1645), which stands for one. */
final class ServiceProjection implements Projection {
    private final boolean imported;

    ServiceProjection(boolean imported) {
        this.imported = imported;
    }

    @Override
    public ReadObject read(JsonParser parser) {
        ObjectMeta meta = ObjectMeta.NONE;
        Spec spec = new Spec();
        for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
            switch (field) {
                case "metadata" -> meta = ObjectMeta.read(parser);
                case "spec" -> spec.read(parser);
                default -> parser.skipChildren();
            }
        }
        meta = Projection.named(meta).orDefaultNamespace();
        return new ReadObject(
                meta,
                imported
                        ? new Projected.ServiceImport(spec.importEntry(meta))
                        : new Projected.Service(spec.serviceEntry(meta)));
    }

    private static final class Spec {
        private String type = "";
        private String clusterIp = "";
        private final List<String> clusterIps = new ArrayList<>(2);
        private final List<String> ips = new ArrayList<>(2);
        private String externalName = "";
        private List<PortEntry> ports = List.of();

        private void read(JsonParser parser) {
            if (!JsonFields.enterObject(parser)) {
                return;
            }
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "type" -> type = JsonFields.text(parser);
                    case "clusterIP" -> clusterIp = JsonFields.text(parser);
                    case "clusterIPs" -> JsonFields.texts(parser, clusterIps);
                    case "ips" -> JsonFields.texts(parser, ips);
                    case "externalName" -> externalName = JsonFields.text(parser);
                    case "ports" -> ports = JsonFields.portEntries(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private ServiceEntry serviceEntry(ObjectMeta meta) {
            List<String> addresses = clusterIps.isEmpty() ? List.of(clusterIp) : clusterIps;
            return entry(meta, kind(addresses.getFirst()), addresses);
        }

        private ServiceEntry importEntry(ObjectMeta meta) {
            return entry(meta, type.equals("Headless") ? ServiceKind.HEADLESS : ServiceKind.CLUSTER_IP, ips);
        }

        private ServiceEntry entry(ObjectMeta meta, ServiceKind kind, List<String> addresses) {
            return new ServiceEntry(
                    meta.namespace(),
                    meta.name(),
                    kind,
                    kind == ServiceKind.CLUSTER_IP ? AddressText.parseAll(addresses) : List.of(),
                    externalName,
                    ports);
        }

        private ServiceKind kind(String firstAddress) {
            if (type.equals("ExternalName")) {
                return ServiceKind.EXTERNAL_NAME;
            }
            return firstAddress.equals("None") ? ServiceKind.HEADLESS : ServiceKind.CLUSTER_IP;
        }
    }
}
