package org.cairndns.plugin.ready;

/** Memory of whether a page has ever said that all is ready; outlives reloads that ask for it again. Any thread. */
final class OnceReady implements AutoCloseable {
    private volatile boolean ready;

    boolean isSet() {
        return ready;
    }

    void set() {
        ready = true;
    }

    @Override
    public void close() {}
}
