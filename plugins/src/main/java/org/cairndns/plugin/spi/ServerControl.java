package org.cairndns.plugin.spi;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.cairndns.corefile.CorefileException;

/** What plugins may ask of the process as a whole; any thread. */
public interface ServerControl {
    /** Version of this server as {@code -version} shows it. */
    default String version() {
        return "development";
    }

    /** SHA-512 of the configuration that runs, as lower-case hex. */
    String runningHash();

    /** SHA-512 of the Corefile as it lies on the disk now. Reads files. */
    String hashOnDisk() throws IOException, CorefileException;

    /** Reads the Corefile again and swaps it in if it is right; true if that worked. Blocks; not on an event loop. */
    boolean reload();

    /** Ends the process with exit code 1 because it must not go on; {@code reason} is logged. */
    void fail(String reason);

    /** What of the process has ended by a failure, in words: it is not healthy, and only a start brings that back. */
    default Optional<String> loss() {
        return Optional.empty();
    }

    /** True if the process is to end when something around it is amiss, as CoreDNS does. */
    default boolean isStrict() {
        return false;
    }

    /** Readiness of the running configuration: plugin names and their checks. */
    Map<String, BooleanSupplier> readiness();

    /** Names of the handlers per server block of the running configuration, for {@code coredns_plugin_enabled}. */
    Set<EnabledPlugin> enabledPlugins();

    /** The process and what runs, for somebody who looks. */
    default Overview overview() {
        return Overview.NOTHING;
    }

    /**
     * A handler in a chain.
     *
     * @param server metrics name of the listener, {@code dns://:53}
     * @param zone the block's first zone
     */
    record EnabledPlugin(String server, String zone, String view, String name) {}
}
