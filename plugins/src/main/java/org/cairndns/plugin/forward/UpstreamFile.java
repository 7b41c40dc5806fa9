package org.cairndns.plugin.forward;

import java.nio.file.Path;
import org.cairndns.corefile.Scheme;

/**
 * File that lists upstreams in the form of resolv.conf(5).
 *
 * @param name as the Corefile has it
 */
record UpstreamFile(String name, Path path) implements UpstreamTarget {
    @Override
    public Scheme scheme() {
        return Scheme.DNS;
    }

    @Override
    public String serverName() {
        return "";
    }

    @Override
    public UpstreamTarget withServerName(String name) {
        return this;
    }

    @Override
    public String label() {
        return name;
    }
}
