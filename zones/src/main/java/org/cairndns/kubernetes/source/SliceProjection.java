package org.cairndns.kubernetes.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.SliceEntry;

/**
 * The projection of an EndpointSlice.
 *
 * <p>Unlike CoreDNS, which would answer with the names of slices of the address type FQDN as aliases, such slices have no
 * endpoints here: the Kubernetes DNS specification knows only addresses.
 */
final class SliceProjection implements Projection {
    @Override
    public ReadObject read(FieldReader reader) {
        ObjectMeta meta = ObjectMeta.NONE;
        String addressType = "";
        List<PortEntry> ports = new ArrayList<>(2);
        List<EndpointEntry> endpoints = new ArrayList<>();
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            switch (field) {
                case "metadata" -> meta = ObjectMeta.read(reader);
                case "addressType" -> addressType = reader.text();
                case "ports" -> reader.addPorts(ports);
                case "endpoints" -> addEndpoints(reader, endpoints);
                default -> reader.skip();
            }
        }
        meta = Projection.named(meta).orDefaultNamespace();
        SliceLabels labels = meta.labels();
        if (labels.areNone()) {
            return new ReadObject(meta, new Projected.Irrelevant());
        }
        SliceEntry entry = new SliceEntry(
                meta.namespace(),
                meta.name(),
                labels.serviceName(),
                labels.importName(),
                labels.sourceCluster(),
                ports,
                addressType.equals("FQDN") ? List.of() : endpoints,
                meta.changeTriggeredAtMillis());
        return new ReadObject(meta, new Projected.Slice(entry));
    }

    private static void addEndpoints(FieldReader reader, List<EndpointEntry> endpoints) {
        if (reader.enterArray()) {
            while (reader.nextElement()) {
                if (reader.enterObject()) {
                    new Endpoint().read(reader).addTo(endpoints);
                }
            }
        }
    }

    private static final class Endpoint {
        private static final int MAX_LABEL_LENGTH = 63;

        private final List<String> addresses = new ArrayList<>(1);
        private String hostname = "";
        private String podName = "";
        private String zone = "";
        private boolean ready = true;

        private Endpoint read(FieldReader reader) {
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "addresses" -> reader.addTexts(addresses);
                    case "hostname" -> hostname = reader.text();
                    case "conditions" -> readConditions(reader);
                    case "targetRef" -> readTarget(reader);
                    case "zone" -> zone = reader.text().toLowerCase(Locale.ROOT);
                    default -> reader.skip();
                }
            }
            return this;
        }

        // Absent counts as ready; serving and terminating do not matter.
        private void readConditions(FieldReader reader) {
            if (!reader.enterObject()) {
                return;
            }
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals("ready")) {
                    ready = reader.nilOrTrue();
                } else {
                    reader.skip();
                }
            }
        }

        // Of any kind, as in CoreDNS: nodes are endpoints too, those of the kubelet service. A name with dots, such as
        // ip-10-0-0-1.eu.internal, would be one of several labels, which CoreDNS denies: the address is used instead.
        private void readTarget(FieldReader reader) {
            if (!reader.enterObject()) {
                return;
            }
            String name = "";
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                if (field.equals("name")) {
                    name = reader.text();
                } else {
                    reader.skip();
                }
            }
            if (name.length() <= MAX_LABEL_LENGTH && name.indexOf('.') < 0) {
                podName = name;
            }
        }

        private void addTo(List<EndpointEntry> endpoints) {
            if (!ready) {
                return;
            }
            for (String address : addresses) {
                AddressText.parse(address)
                        .ifPresent(parsed -> endpoints.add(new EndpointEntry(parsed, hostname, podName, zone)));
            }
        }
    }
}
