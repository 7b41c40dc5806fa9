package org.cairndns.kubernetes.source;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;

/** The projection of a Service, or of a ServiceImport (KEP-1645), which stands for one. */
final class ServiceProjection implements Projection {
    private final boolean imported;

    ServiceProjection(boolean imported) {
        this.imported = imported;
    }

    @Override
    public ReadObject read(FieldReader reader) {
        ObjectMeta meta = ObjectMeta.NONE;
        Spec spec = new Spec();
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            switch (field) {
                case "metadata" -> meta = ObjectMeta.read(reader);
                case "spec" -> spec.read(reader);
                case "status" -> spec.readStatus(reader);
                default -> reader.skip();
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
        private final List<PortEntry> ports = new ArrayList<>(2);

        private void read(FieldReader reader) {
            if (!reader.enterObject()) {
                return;
            }
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "type" -> type = reader.text();
                    case "clusterIP" -> clusterIp = reader.text();
                    case "clusterIPs" -> reader.addTexts(clusterIps);
                    case "ips" -> reader.addTexts(ips);
                    case "externalIPs" -> reader.addTexts(externalIps);
                    case "externalName" -> externalName = reader.text();
                    case "ports" -> reader.addPorts(ports);
                    default -> reader.skip();
                }
            }
        }

        private void readStatus(FieldReader reader) {
            if (!reader.enterObject()) {
                return;
            }
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals("loadBalancer") && reader.enterObject()) {
                    readBalancer(reader);
                } else if (!field.equals("loadBalancer")) {
                    reader.skip();
                }
            }
        }

        private void readBalancer(FieldReader reader) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (!field.equals("ingress")) {
                    reader.skip();
                } else if (reader.enterArray()) {
                    while (reader.nextElement()) {
                        if (reader.enterObject()) {
                            readIngress(reader);
                        }
                    }
                }
            }
        }

        private void readIngress(FieldReader reader) {
            String ip = "";
            String hostname = "";
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "ip" -> ip = reader.text();
                    case "hostname" -> hostname = reader.text();
                    default -> reader.skip();
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
