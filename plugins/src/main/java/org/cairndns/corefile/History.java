package org.cairndns.corefile;

import static org.cairndns.corefile.Severity.IGNORED;
import static org.cairndns.corefile.Severity.NEWDEFAULT;
import static org.cairndns.corefile.Severity.REMOVED;
import static org.cairndns.corefile.Severity.UNSUPPORTED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What CoreDNS dropped, ignores or added to its default Corefile over the years, and what of it Cairn does not have.
 *
 * <p>The one table that a start, {@code cairn check} and {@code docs/checking-a-corefile.md} take it from. Sources: the
 * release notes of CoreDNS 005 to 1.14.7, its setup code at these versions, and corefile-migration at 1dc6c9e. What a
 * row says of a start was compared with CoreDNS 1.14.7.
 */
public final class History {
    /** Forms that are no properties, for those who meet them. */
    public static final String ENDPOINTS = "the second URL of 'endpoint'";

    public static final String ERRORS_FILE = "a FILE";
    public static final String AUTO_TIMEOUT = "the TIMEOUT of 'directory'";
    public static final String ACME = "the ACME form";

    private static final String REMOVE = "remove the line";
    private static final String TRANSFER = "use the directive 'transfer' instead";
    private static final String ALIASES = REMOVE + ", targets of aliases are always looked up here";
    private static final String RELOAD = "write 'reload 0' instead";
    private static final String COPY = "keep the records in a zone file and use 'file', 'auto' or 'secondary'";
    private static final String IN_FRONT = REMOVE + ", and the listener that needs it";

    private static final List<Change> ROWS = List.of(
            // Directives that CoreDNS had.
            removed("proxy", "", "1.5.0", "write 'forward FROM TO...' instead; its properties differ"),
            removed("federation", "", "1.7.0", REMOVE + "; for clusters in a set see 'multicluster' of 'kubernetes'"),
            removed("reverse", "", "1.2.0", "use 'template' with 'match' instead"),
            removed("startup", "", "1.1.0", "use an init container or a script around the server instead"),
            removed("shutdown", "", "1.1.0", "use a preStop hook or a script around the server instead"),
            removed("httpproxy", "", "005", "write 'forward FROM tls://ADDRESS' instead"),

            // Properties and forms that CoreDNS had.
            removed("kubernetes", "upstream", "1.7.0", ALIASES),
            removed("kubernetes", "resyncperiod", "1.7.0", REMOVE + ", a watch needs none"),
            removed("kubernetes", "transfer", "1.8.0", TRANSFER),
            removed("kubernetes", "cidrs", "011", "write the network as a zone of 'kubernetes', such as 10.0.0.0/24"),
            removed("kubernetes", "federation", "011", REMOVE),
            ignored("kubernetes", ENDPOINTS, "1.4.0", "name one, a load balancer in front of several"),
            ignored("file", "upstream", "1.5.2", ALIASES),
            removed("file", "transfer", "1.8.0", TRANSFER),
            removed("file", "no_reload", "1.5.0", RELOAD),
            ignored("auto", "upstream", "1.5.2", ALIASES),
            removed("auto", "transfer", "1.8.0", TRANSFER),
            removed("auto", "no_reload", "1.5.0", RELOAD),
            removed("auto", AUTO_TIMEOUT, "1.5.0", "write 'reload DURATION' on a line of its own"),
            removed("secondary", "upstream", "1.8.0", ALIASES),
            removed("secondary", "transfer to", "1.8.0", TRANSFER),
            ignored("template", "upstream", "1.5.2", ALIASES),
            removed("header", "set", "1.12.4", "write 'response set FLAG...' instead"),
            removed("header", "clear", "1.12.4", "write 'response clear FLAG...' instead"),
            ignored("log", "stdout", "1.0.0", "remove the word, it is read as the name of a zone; all goes to stdout"),
            removed("errors", ERRORS_FILE, "008", "remove the word, all goes to stdout"),

            // Properties and forms of CoreDNS that are not here.
            unsupported("secondary", "catalog", "name the zones of the catalog in a 'secondary' of their own"),
            unsupported("tls", ACME, "mount a certificate, such as a Secret of cert-manager, and write 'tls CERT KEY'"),
            unsupported("tls", "keylog", REMOVE + ", Java does not hand out the secrets of its connections"),

            // What a Corefile of today has and an older one lacks.
            newDefault("loop", "", "1.2.1", "add 'loop', it leaves out upstreams that send queries back"),
            newDefault("ready", "", "1.5.0", "add 'ready', the readiness probe of the default manifest asks it"),
            newDefault("health", "lameduck", "1.6.5", "write 'lameduck 5s', so that no query is lost at a roll-out"),
            newDefault("forward", "max_concurrent", "1.7.0", "write 'max_concurrent 1000', a bound for bad times"),

            // Directives of CoreDNS that are not here.
            Change.unsupported("route53", COPY),
            Change.unsupported("azure", COPY),
            Change.unsupported("clouddns", COPY),
            Change.unsupported("etcd", COPY + ", or 'forward' to a server with 'etcd'"),
            Change.unsupported(
                    "nomad", "write 'forward service.nomad ADDRESS' with the address of a DNS server for Nomad"),
            Change.unsupported("grpc", "write 'forward FROM tls://ADDRESS' instead"),
            Change.unsupported("grpc_server", IN_FRONT),
            Change.unsupported("grpc://", "write dns://, tls:// or https:// instead"),
            Change.unsupported("quic://", "write tls:// or https:// instead"),
            Change.unsupported("https3://", "write https:// instead"),
            Change.unsupported("quic", IN_FRONT),
            Change.unsupported("https3", IN_FRONT),
            Change.unsupported("https", REMOVE + ", the bound of 200 connections is fixed"),
            Change.unsupported("dnssec", "sign the zone with a tool of your own and serve it by 'file' or 'auto'"),
            Change.unsupported("sign", "sign the zone with a tool of your own and serve it by 'file' or 'auto'"),
            Change.unsupported("tsig", REMOVE + ", and limit who may ask by 'acl' and by network policies"),
            Change.unsupported("trace", REMOVE + ", and look at the metrics of 'prometheus' and the lines of 'log'"),
            Change.unsupported("dnstap", REMOVE + ", and use 'log' instead"),
            Change.unsupported("geoip", REMOVE + ", and tell clients apart by network with 'acl' or 'view'"),
            Change.unsupported("proxyproto", REMOVE + ", and let the load balancer keep the address of the client"),
            Change.unsupported("on", "use an init container, a preStop hook or a script around the server instead"),

            // Plugins that are compiled into many builds of CoreDNS.
            Change.unsupported("alternate", "write 'failover RCODE...' in the block of 'forward' instead"),
            Change.unsupported("fanout", "write 'forward' with several upstreams instead"),
            Change.unsupported("k8s_gateway", "use 'k8s_external' for the addresses of services"),
            Change.unsupported("kubernetai", "write one server block with 'kubernetes' for each cluster"),
            Change.unsupported("records", "use 'template', 'hosts' or 'file' instead"),
            Change.unsupported("unbound", "write 'forward' to a recursive resolver instead"));

    private static final Map<String, Change> BY_NAME = byName();

    private History() {}

    /** Every row, in the order of the documentation. */
    public static List<Change> rows() {
        return ROWS;
    }

    /** What became of a directive as a whole. */
    public static Optional<Change> of(String directive) {
        return of(directive, "");
    }

    /** What became of a property or a form of a directive. */
    public static Optional<Change> of(String directive, String option) {
        return Optional.ofNullable(BY_NAME.get(key(directive, option)));
    }

    private static Map<String, Change> byName() {
        Map<String, Change> byName = new HashMap<>();
        ROWS.forEach(row -> byName.put(key(row.directive(), row.option()), row));
        return Map.copyOf(byName);
    }

    private static String key(String directive, String option) {
        return directive + " " + option;
    }

    private static Change removed(String directive, String option, String since, String remedy) {
        return new Change(directive, option, REMOVED, since, remedy);
    }

    private static Change ignored(String directive, String option, String since, String remedy) {
        return new Change(directive, option, IGNORED, since, remedy);
    }

    private static Change unsupported(String directive, String option, String remedy) {
        return new Change(directive, option, UNSUPPORTED, "", remedy);
    }

    private static Change newDefault(String directive, String option, String since, String remedy) {
        return new Change(directive, option, NEWDEFAULT, since, remedy);
    }
}
