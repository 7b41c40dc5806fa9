package org.cairndns.perf.compare;

/**
 * Resident memory of a server at some moment.
 *
 * @param moment such as {@code ready} or {@code after load}
 */
record MemoryUse(String server, String moment, long rssKib, long anonKib) {
    static MemoryUse of(String server, String moment, Usage usage) {
        return new MemoryUse(server, moment, usage.rssKib(), usage.anonKib());
    }
}
