package org.cairndns.kubernetes;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.cairndns.wire.ResourceRecord;

/**
 * Walk over the records of one zone of a cluster, service by service as the index has them when their turn comes.
 *
 * <p>One thread at a time; holds the records of one service, and references to the services of one namespace.
 */
final class ZoneWalk implements Iterator<ResourceRecord> {
    private final boolean imported;
    private final Visibility visibility;
    private final ServiceRecords services;
    private final Iterator<NamespaceNode> namespaces;
    private Iterator<ServiceSlot> slots = Collections.emptyIterator();
    private Iterator<ResourceRecord> ready;

    /**
     * @param imported true for the services of the clusterset
     * @param first records in front of those of services
     */
    ZoneWalk(
            ClusterIndex index,
            boolean imported,
            Visibility visibility,
            ServiceRecords services,
            List<ResourceRecord> first) {
        this.imported = imported;
        this.visibility = visibility;
        this.services = services;
        this.namespaces = index.namespaces().elements().iterator();
        this.ready = first.iterator();
    }

    @Override
    public boolean hasNext() {
        while (!ready.hasNext()) {
            if (slots.hasNext()) {
                ready = services.of(slots.next()).iterator();
            } else if (namespaces.hasNext()) {
                slots = slots(namespaces.next());
            } else {
                return false;
            }
        }
        return true;
    }

    private Iterator<ServiceSlot> slots(NamespaceNode namespace) {
        if (!visibility.isVisible(namespace)) {
            return Collections.emptyIterator();
        }
        ServiceSpace space = imported ? namespace.imported() : namespace.local();
        return space.services().elements().iterator();
    }

    @Override
    public ResourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.next();
    }
}
