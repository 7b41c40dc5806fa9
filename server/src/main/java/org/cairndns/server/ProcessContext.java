package org.cairndns.server;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.plugin.spi.ServerControl;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;

/**
 * What all configurations of a process share.
 *
 * @param memory what tables may take of the process's memory
 * @param directory folder that relative paths in the Corefile start from
 * @param environment of the process
 * @param runners by metrics name of the server, for internal look-ups
 */
record ProcessContext(
        Meters meters,
        EventLoopGroup eventLoops,
        ScheduledExecutorService background,
        ServerControl control,
        MemoryShares memory,
        Path directory,
        Map<String, String> environment,
        SharedResources shared,
        Map<String, QueryRunner> runners) {

    static Map<String, QueryRunner> newRunners() {
        return new ConcurrentHashMap<>();
    }

    /** Asks the server that the query came to. */
    Reply resolve(Query inner) {
        QueryRunner runner = runners.get(inner.listener().server());
        return runner == null
                ? new Reply.Failed(Rcode.SERVFAIL, "server " + inner.listener().server() + " has stopped")
                : runner.run(inner);
    }

    /** The context as plugins see it, with endpoints of one configuration. */
    ServerContext with(HttpEndpoints endpoints) {
        return new View(this, endpoints);
    }

    private record View(ProcessContext process, HttpEndpoints http) implements ServerContext {
        @Override
        public Meters meters() {
            return process.meters;
        }

        @Override
        public EventLoopGroup eventLoops() {
            return process.eventLoops;
        }

        @Override
        public ScheduledExecutorService background() {
            return process.background;
        }

        @Override
        public ServerControl control() {
            return process.control;
        }

        @Override
        public Path directory() {
            return process.directory;
        }

        @Override
        public MemoryShares memory() {
            return process.memory;
        }

        @Override
        public Map<String, String> environment() {
            return process.environment;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
