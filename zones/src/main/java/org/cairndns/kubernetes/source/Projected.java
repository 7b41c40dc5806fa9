package org.cairndns.kubernetes.source;

import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.SliceEntry;

/** What an object of the API is to DNS. */
sealed interface Projected {
    /** Tells {@code changes} that the object exists. */
    void putTo(ClusterChanges changes);

    /** A Service. */
    record Service(ServiceEntry entry) implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {
            changes.put(entry);
        }
    }

    /** A ServiceImport. */
    record ServiceImport(ServiceEntry entry) implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {
            changes.putImport(entry);
        }
    }

    /** An EndpointSlice of a service. */
    record Slice(SliceEntry entry) implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {
            changes.put(entry);
        }
    }

    /** A Pod that is not on its way out. */
    record Pod(PodEntry entry) implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {
            changes.put(entry);
        }
    }

    /** A Namespace. */
    record Namespace(String name) implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {
            changes.putNamespace(name);
        }
    }

    /** An object of no concern to DNS: as if it did not exist. */
    record Irrelevant() implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {}
    }

    /** An object that stays as it was reported last, until it is deleted. */
    record Leaving() implements Projected {
        @Override
        public void putTo(ClusterChanges changes) {}
    }
}
