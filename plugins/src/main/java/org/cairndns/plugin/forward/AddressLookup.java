package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Source of the addresses of host names. Any thread, never blocks. */
@FunctionalInterface
interface AddressLookup {
    /** The addresses of a name, at least one; fails with a reason. */
    CompletableFuture<List<InetAddress>> addressesOf(String host);

    /** What the machine's own resolver says, hosts file and search path included. */
    static AddressLookup ofSystem() {
        return host -> {
            CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
            // Not on the pool that the process shares: a resolver that is away keeps the thread for long.
            Thread.ofPlatform().daemon().name("forward-names").start(() -> {
                try {
                    found.complete(List.of(InetAddress.getAllByName(host)));
                } catch (java.net.UnknownHostException e) {
                    found.completeExceptionally(e);
                }
            });
            return found;
        };
    }
}
