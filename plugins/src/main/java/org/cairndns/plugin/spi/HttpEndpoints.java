package org.cairndns.plugin.spi;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * HTTP endpoints next to the DNS listeners.
 *
 * <p>Registered during {@link Plugin#setup}; opened when the configuration starts, kept open over a reload that asks
 * for the same address again. An address that cannot be opened is logged and retried, it never stops the server.
 */
public interface HttpEndpoints {
    /** Serves a path of an address; the same path of the same address may be given by several blocks, the last wins. */
    void serve(InetSocketAddress address, String path, Responder responder);

    /** Content of a path; called on threads that may block briefly. */
    @FunctionalInterface
    interface Responder {
        Page get();

        /** The page for a request with this text behind the question mark of its URL, empty without one. */
        default Page get(String query) {
            return get();
        }

        /**
         * True for a page for people: other methods than GET and HEAD are refused, and so is who asks while too many others
         * do. Probes get their answer whatever the method.
         */
        default boolean isReadOnly() {
            return false;
        }
    }

    /**
     * An HTTP response.
     *
     * @param status such as 200
     * @param contentType such as {@code text/plain; charset=utf-8}
     * @param headers further ones by name
     */
    record Page(int status, String contentType, byte[] body, Map<String, String> headers) {
        public Page(int status, String contentType, byte[] body) {
            this(status, contentType, body, Map.of());
        }
    }
}
