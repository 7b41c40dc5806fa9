package org.cairndns.kubernetes.source;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.kubernetes.PodEntry;

/**
 * The projection of a Pod.
 *
 * <p>One with a deletion timestamp stays as it was reported last (as in CoreDNS); one that has ended does not exist.
 */
final class PodProjection implements Projection {
    @Override
    public ReadObject read(FieldReader reader) {
        ObjectMeta meta = ObjectMeta.NONE;
        Status status = new Status();
        for (String field = reader.nextField(); field != null; field = reader.nextField()) {
            switch (field) {
                case "metadata" -> meta = ObjectMeta.readWithLabels(reader);
                case "status" -> status.read(reader);
                default -> reader.skip();
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

        private void read(FieldReader reader) {
            if (!reader.enterObject()) {
                return;
            }
            for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                switch (field) {
                    case "phase" -> phase = reader.text();
                    case "podIP" -> address = reader.text();
                    case "podIPs" -> readAddresses(reader);
                    default -> reader.skip();
                }
            }
        }

        private void readAddresses(FieldReader reader) {
            if (!reader.enterArray()) {
                return;
            }
            while (reader.nextElement()) {
                if (!reader.enterObject()) {
                    continue;
                }
                for (String field = reader.nextField(); field != null; field = reader.nextField()) {
                    if (field.equals("ip")) {
                        addresses.add(reader.text());
                    } else {
                        reader.skip();
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
