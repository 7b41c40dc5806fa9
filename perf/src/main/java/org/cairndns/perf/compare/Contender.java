package org.cairndns.perf.compare;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The servers that a comparison knows, in the order in which they take turns, with what each can be asked. */
public enum Contender {
    CAIRN("cairn", Kind.CLUSTER_DNS, "the source tree of the harness"),
    CAIRN_B("cairn-b", Kind.CLUSTER_DNS, "a second source tree of Cairn: --also-cairn FOLDER"),
    COREDNS("coredns", Kind.CLUSTER_DNS, "set COREDNS to the program"),
    UNBOUND("unbound", Kind.RESOLVER, "Debian package unbound"),
    DNSDIST("dnsdist", Kind.RESOLVER, "Debian package dnsdist"),
    KNOT_RESOLVER("knot-resolver", Kind.RESOLVER, "Debian package knot-resolver"),
    PDNS_RECURSOR("pdns-recursor", Kind.RESOLVER, "Debian package pdns-recursor"),
    DNSMASQ("dnsmasq", Kind.RESOLVER, "Debian package dnsmasq-base"),
    ECHO_C("echo-c", Kind.ECHO, "a C compiler that is called cc, such as that of the Debian package gcc"),
    ECHO_NETTY("echo-netty", Kind.ECHO, "part of the harness");

    private final String label;
    private final Kind kind;
    private final String source;

    /** What can be asked of a server. */
    private enum Kind {
        /** Reads the Kubernetes API, forwards the rest. */
        CLUSTER_DNS,

        /** Knows nothing by itself, keeps what the upstream said. */
        RESOLVER,

        /** Sends queries back: the limit for what answers from memory. */
        ECHO
    }

    Contender(String label, Kind kind, String source) {
        this.label = label;
        this.kind = kind;
        this.source = source;
    }

    /** The one with a label. */
    public static Contender of(String label) {
        for (Contender contender : values()) {
            if (contender.label.equals(label)) {
                return contender;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is none of " + labels());
    }

    /** Runs a command whose options name servers; gives its exit code. */
    public static int run(Object command, String... args) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Contender.class, Contender::of)
                .execute(args);
    }

    /** All labels, for a list in a message. */
    static String labels() {
        return Stream.of(values()).map(Contender::label).collect(Collectors.joining(", "));
    }

    /** Name in options and results. */
    public String label() {
        return label;
    }

    /** What it takes part in. */
    public Set<Mix> mixes() {
        return switch (kind) {
            case CLUSTER_DNS -> EnumSet.allOf(Mix.class);
            case RESOLVER -> EnumSet.of(Mix.CACHED, Mix.MISS);
            case ECHO -> EnumSet.of(Mix.CLUSTER, Mix.CACHED);
        };
    }

    /** Where to get it, for a reader who does not have it. */
    String source() {
        return source;
    }
}
