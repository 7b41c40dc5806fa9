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
                case "status" -> spec.readStatus(parser);
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
        private final List<String> externalIps = new ArrayList<>(0);
        private final List<String> balancers = new ArrayList<>(0);
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
                    case "externalIPs" -> JsonFields.texts(parser, externalIps);
                    case "externalName" -> externalName = JsonFields.text(parser);
                    case "ports" -> ports = JsonFields.portEntries(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readStatus(JsonParser parser) {
            if (!JsonFields.enterObject(parser)) {
                return;
            }
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                if (field.equals("loadBalancer") && JsonFields.enterObject(parser)) {
                    readBalancer(parser);
                } else if (!field.equals("loadBalancer")) {
                    parser.skipChildren();
                }
            }
        }

        private void readBalancer(JsonParser parser) {
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                if (!field.equals("ingress")) {
                    parser.skipChildren();
                } else if (JsonFields.enterArray(parser)) {
                    while (JsonFields.nextElement(parser)) {
                        if (JsonFields.enterObject(parser)) {
                            readIngress(parser);
                        }
                    }
                }
            }
        }

        private void readIngress(JsonParser parser) {
            String ip = "";
            String hostname = "";
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "ip" -> ip = JsonFields.text(parser);
                    case "hostname" -> hostname = JsonFields.text(parser);
                    default -> parser.skipChildren();
                }
            }
            String target = ip.isEmpty() ? hostname : ip;
            if (!target.isEmpty()) {
                balancers.add(target);
            }
        }

        private List<String> externalTargets() {
            if (externalIps.isEmpty() && balancers.isEmpty()) {
                return List.of();
            }
            List<String> targets = new ArrayList<>(externalIps);
            targets.addAll(balancers);
            return targets;
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
                    ports,
                    externalTargets());
        }

        private ServiceKind kind(String firstAddress) {
            if (type.equals("ExternalName")) {
                return ServiceKind.EXTERNAL_NAME;
            }
            return firstAddress.equals("None") ? ServiceKind.HEADLESS : ServiceKind.CLUSTER_IP;
        }
    }
}
