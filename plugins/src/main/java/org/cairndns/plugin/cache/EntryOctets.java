package org.cairndns.plugin.cache;

import org.cairndns.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * How many octets of heap an entry takes with its key, its place in the table and all objects that are there only for it.
 *
 * <p>The numbers are those of a 64-bit machine with references of 4 octets and headers of 8, as the server is started.
 */
final class EntryOctets {
    private static final int ALIGNMENT = 8;
    private static final int ARRAY_HEADER = 12;

    /** A node of the map, with a reference to it in an array that is between three eighths and three quarters full. */
    private static final int MAP_NODE = 24 + 8;

    private static final int SLOT = 40;
    private static final int KEY = 24;
    private static final int NAME = 24;
    private static final int RESPONSE = 40;
    private static final int CACHED_RESPONSE = 72 + 24;

    private EntryOctets() {}

    static int of(CacheKey key, CachedResponse entry) {
        return MAP_NODE + SLOT + KEY + NAME + array(key.qname().length()) + optional(key.options()) + of(entry);
    }

    private static int of(CachedResponse entry) {
        Response response = entry.response(true);
        int octets = CACHED_RESPONSE + RESPONSE + array(response.recordOctets()) + optional(response.ednsOptions());
        if (response.authenticData()) {
            octets += RESPONSE;
        }
        @Nullable CachedResponse lastKnownGood = entry.origin().lastKnownGood();
        return lastKnownGood == null ? octets : octets + of(lastKnownGood);
    }

    /** An array that most have in common as long as it is empty. */
    private static int optional(byte[] octets) {
        return octets.length == 0 ? 0 : array(octets.length);
    }

    private static int array(int length) {
        return ARRAY_HEADER + length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
