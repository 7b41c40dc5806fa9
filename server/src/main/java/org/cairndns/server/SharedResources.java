package org.cairndns.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resources that configurations share by key, closed when the last configuration that uses one is gone. */
final class SharedResources {
    private static final Logger LOG = LoggerFactory.getLogger(SharedResources.class);

    private static final class Entry {
        private final AutoCloseable resource;
        private int users;

        Entry(AutoCloseable resource) {
            this.resource = resource;
        }
    }

    private final Map<Object, Entry> entries = new HashMap<>();

    /** The resource of a key; {@code keys} are those that the asking configuration has already. */
    @SuppressWarnings("unchecked") // a key is only ever used with one type
    synchronized <T extends AutoCloseable> T get(Object key, Supplier<T> opener, Set<Object> keys) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry(opener.get()));
        if (keys.add(key)) {
            entry.users++;
        }
        return (T) entry.resource;
    }

    /** Gives back the resources of a configuration that is no longer used. */
    synchronized void release(Set<Object> keys) {
        for (Object key : keys) {
            Entry entry = entries.get(key);
            if (entry != null && --entry.users == 0) {
                entries.remove(key);
                close(entry.resource);
            }
        }
        keys.clear();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("could not close {}", resource, e);
        }
    }
}
