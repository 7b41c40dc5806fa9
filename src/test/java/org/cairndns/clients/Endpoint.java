package org.cairndns.clients;

/**
 * An address behind a service.
 *
 * @param hostname host name of its pod, empty for none
 */
record Endpoint(String address, String hostname, boolean ready) {
    /** A ready endpoint without a host name. */
    static Endpoint of(String address) {
        return new Endpoint(address, "", true);
    }

    /** A ready endpoint with a host name. */
    static Endpoint named(String address, String hostname) {
        return new Endpoint(address, hostname, true);
    }

    String yaml() {
        return "  - {addresses: [%s]%s, conditions: {ready: %s}}\n"
                .formatted(address, hostname.isEmpty() ? "" : ", hostname: " + hostname, ready);
    }
}
