package org.cairndns.fuzz;

import java.util.Locale;

/** What is fuzzed: a class with a method {@code fuzzerTestOneInput}, which throws for octets that it finds handled wrong. */
public enum Target {
    QUERY("org.cairndns.wire.QueryTarget"),
    RESPONSE("org.cairndns.wire.ResponseTarget"),
    TRANSFER("org.cairndns.wire.TransferTarget"),
    NAME("org.cairndns.wire.NameTarget"),
    RDATA("org.cairndns.wire.RdataTarget"),
    EDNS("org.cairndns.wire.EdnsTarget"),
    COREFILE("org.cairndns.server.CorefileTarget"),
    ZONEFILE("org.cairndns.zone.data.ZoneFileTarget"),
    SNAPSHOT("org.cairndns.kubernetes.snapshot.SnapshotTarget"),
    MANIFEST("org.cairndns.kubernetes.source.ManifestTarget"),
    LIST("org.cairndns.kubernetes.source.ListTarget"),
    WATCH("org.cairndns.kubernetes.source.WatchTarget");

    private final String className;

    Target(String className) {
        this.className = className;
    }

    /** Name of the class. */
    public String className() {
        return className;
    }

    /** Name of the target for people, and of its folder below {@code corpus}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Has the target look at octets; throws what it throws. */
    public void run(byte[] octets) throws ReflectiveOperationException {
        Class.forName(className).getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) octets);
    }
}
