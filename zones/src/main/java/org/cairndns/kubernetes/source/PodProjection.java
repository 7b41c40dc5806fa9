package org.cairndns.kubernetes.source;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.kubernetes.PodEntry;
import tools.jackson.core.JsonParser;

/**
 * The projection of a Pod.
 *
 * <p>One with a deletion timestamp stays as it was reported last (as in CoreDNS); one that has ended does not exist.
 */
final class PodProjection implements Projection {
    @Override
    public ReadObject read(JsonParser parser) {
        ObjectMeta meta = ObjectMeta.NONE;
        Status status = new Status();
        for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
            switch (field) {
                case "metadata" -> meta = ObjectMeta.readWithLabels(parser);
                case "status" -> status.read(parser);
                default -> parser.skipChildren();
            }
        }
        meta = Projection.named(meta).orDefaultNamespace();
        return new ReadObject(meta, projected(meta, status));
    }

    private static Projected projected(ObjectMeta meta, Status status) {
        if (status.hasEnded()) {
            return new Projected.Irrelevant();
        }
        if (meta.leaving()) {
            return new Projected.Leaving();
        }
        return new Projected.Pod(new PodEntry(meta.namespace(), meta.name(), status.addresses(), meta.allLabels()));
    }

    private static final class Status {
        private String phase = "";
        private String address = "";
        private final List<String> addresses = new ArrayList<>(2);

        private void read(JsonParser parser) {
            if (!JsonFields.enterObject(parser)) {
                return;
            }
            for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                switch (field) {
                    case "phase" -> phase = JsonFields.text(parser);
                    case "podIP" -> address = JsonFields.text(parser);
                    case "podIPs" -> readAddresses(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readAddresses(JsonParser parser) {
            if (!JsonFields.enterArray(parser)) {
                return;
            }
            while (JsonFields.nextElement(parser)) {
                if (!JsonFields.enterObject(parser)) {
                    continue;
                }
                for (String field = JsonFields.nextField(parser); field != null; field = JsonFields.nextField(parser)) {
                    if (field.equals("ip")) {
                        addresses.add(JsonFields.text(parser));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }

        private boolean hasEnded() {
            return switch (phase) {
                case "Succeeded", "Failed", "Unknown" -> true;
                default -> false;
            };
        }

        private List<InetAddress> addresses() {
            return AddressText.parseAll(addresses.isEmpty() ? List.of(address) : addresses);
        }
    }
}
