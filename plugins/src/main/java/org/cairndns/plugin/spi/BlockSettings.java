package org.cairndns.plugin.spi;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of a server block that its directives fill in; used on one thread during assembly. */
public final class BlockSettings {
    private final List<InetAddress> bindAddresses = new ArrayList<>();
    private final Map<String, SearchPaths> searchPaths = new HashMap<>();
    private boolean debug;
    private boolean stackTraces;
    private String view = "";
    private Path root = Path.of("");

    /** Addresses to listen on; none means every address. */
    public List<InetAddress> bindAddresses() {
        return bindAddresses;
    }

    /** What plugins of the block offer to {@code autopath}, by plugin; complete once all are set up. */
    public Map<String, SearchPaths> searchPaths() {
        return searchPaths;
    }

    /** True if debug messages are wanted. */
    public boolean debug() {
        return debug;
    }

    public void debug(boolean wanted) {
        this.debug = wanted;
    }

    /** True if the stack of a handler's failure belongs in the log. */
    public boolean stackTraces() {
        return stackTraces;
    }

    public void stackTraces(boolean wanted) {
        this.stackTraces = wanted;
    }

    /** Name of the block's view, the {@code view} label of its metrics; empty without one. */
    public String view() {
        return view;
    }

    public void view(String name) {
        this.view = name;
    }

    /** Where {@link BlockContext#directory()} lies, seen from the process's folder; empty for that folder itself. */
    public Path root() {
        return root;
    }

    public void root(Path path) {
        this.root = path;
    }
}
