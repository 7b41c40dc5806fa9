package org.cairndns.clients;

/** The answer to {@code _redis._tcp.redis-headless.data} for clients that ask for SRV records. */
final class RedisTargets {
    /** Each target with its port. */
    static final String[] ALL = {
        "redis-node-0.redis-headless.data.svc.cluster.local:6379",
        "redis-node-1.redis-headless.data.svc.cluster.local:6379",
        "redis-node-2.redis-headless.data.svc.cluster.local:6379"
    };

    private RedisTargets() {}
}
