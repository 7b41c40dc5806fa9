package org.cairndns.kubernetes.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.SliceEntry;
import tools.jackson.core.JsonParser;

/**
 * The projection of an EndpointSlice.
 *
 * <p>Unlike CoreDNS, which would answer with the names of slices of the address type FQDN as aliases, such slices have no
 * endpoints here: the Kubernetes DNS specification knows only addresses.
 */
final class SliceProjection implements Projection {
    @Override
    public ReadObject read(JsonParser parser) {
        ObjectMeta meta = ObjectMeta.NONE;
        String addressType = "";
        List<PortEntry> ports = List.of();
        List<EndpointEntry> endpoints = List.of();
        for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
            switch (field) {
                case "metadata" -> meta = ObjectMeta.read(parser);
                case "addressType" -> addressType = JsonFields.text(parser);
                case "ports" -> ports = JsonFields.portEntries(parser);
                case "endpoints" -> endpoints = endpoints(parser);
                default -> parser.skipChildren();
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

    private static List<EndpointEntry> endpoints(JsonParser parser) {
        List<EndpointEntry> endpoints = new ArrayList<>();
        if (JsonFields.enterArray(parser)) {
            while (JsonFields.nextElement(parser)) {
                if (JsonFields.enterObject(parser)) {
                    new Endpoint().read(parser).addTo(endpoints);
                }
            }
        }
        return endpoints;
    }

    private static final class Endpoint {
        private static final int MAX_POD_NAME_LENGTH = 63;

        private final List<String> addresses = new ArrayList<>(1);
        private String hostname = "";
        private String podName = "";
        private String zone = "";
        private boolean ready = true;

        private Endpoint read(JsonParser parser) {
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "addresses" -> JsonFields.texts(parser, addresses);
                    case "hostname" -> hostname = JsonFields.text(parser);
                    case "conditions" -> readConditions(parser);
                    case "targetRef" -> readTarget(parser);
                    case "zone" -> zone = JsonFields.text(parser).toLowerCase(Locale.ROOT);
                    default -> parser.skipChildren();
                }
            }
            return this;
        }

        // Absent counts as ready; serving and terminating do not matter.
        private void readConditions(JsonParser parser) {
            if (!JsonFields.enterObject(parser)) {
                return;
            }
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                if (field.equals("ready")) {
                    ready = JsonFields.nilOrTrue(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void readTarget(JsonParser parser) {
            if (!JsonFields.enterObject(parser)) {
                return;
            }
            String kind = "";
            String name = "";
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "kind" -> kind = JsonFields.text(parser);
                    case "name" -> name = JsonFields.text(parser);
                    default -> parser.skipChildren();
                }
            }
            if (kind.equals("Pod") && name.length() <= MAX_POD_NAME_LENGTH) {
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
