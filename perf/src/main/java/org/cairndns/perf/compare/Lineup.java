package org.cairndns.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers of a run: those of the wanted ones whose programs are on this machine. */
public final class Lineup {
    private final Setting setting;
    private final Map<Contender, Path> programs = new EnumMap<>(Contender.class);
    private final List<String> absent = new ArrayList<>();

    /** Looks for the programs. */
    public Lineup(Setting setting, Collection<Contender> wanted) {
        this.setting = setting;
        for (Contender contender : Contender.values()) {
            if (wanted.contains(contender)) {
                find(contender)
                        .ifPresentOrElse(
                                program -> programs.put(contender, program),
                                () -> absent.add(contender.label() + " is not there: " + contender.source()));
            }
        }
    }

    private Optional<Path> find(Contender contender) {
        return switch (contender) {
            case CAIRN -> Optional.of(setting.launcher());
            case CAIRN_B ->
                setting.alsoCairn
                        .map(tree -> tree.resolve("cairn").toAbsolutePath())
                        .filter(Files::isExecutable);
            case COREDNS -> setting.coreDns;
            case UNBOUND -> Surroundings.onPath("unbound");
            case DNSDIST -> Surroundings.onPath("dnsdist");
            case KNOT_RESOLVER -> Surroundings.onPath("kresd");
            case PDNS_RECURSOR -> Surroundings.onPath("pdns_recursor");
            case DNSMASQ -> Surroundings.onPath("dnsmasq");
            case ECHO_C -> Surroundings.onPath("cc");
            case ECHO_NETTY -> Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
        };
    }

    /** A line for each wanted server that is missing, with where to get it. */
    List<String> absent() {
        return absent;
    }

    /** What each program says about its version, by the name of the server. */
    Map<String, String> versions() throws InterruptedException {
        Map<String, String> versions = new LinkedHashMap<>();
        for (Map.Entry<Contender, Path> entry : programs.entrySet()) {
            version(entry.getKey(), entry.getValue())
                    .ifPresent(version -> versions.put(entry.getKey().label(), version));
        }
        return versions;
    }

    private static Optional<String> version(Contender contender, Path program) throws InterruptedException {
        return switch (contender) {
            case CAIRN, CAIRN_B ->
                Optional.of(Surroundings.commit(
                        Optional.ofNullable(program.getParent()).orElseThrow()));
            case COREDNS -> Optional.of(Surroundings.firstLine(List.of(program.toString(), "-version")));
            case UNBOUND -> Optional.of(Surroundings.firstLine(List.of(program.toString(), "-V")));
            case DNSDIST, KNOT_RESOLVER, PDNS_RECURSOR, DNSMASQ, ECHO_C ->
                Optional.of(Surroundings.firstLine(List.of(program.toString(), "--version")));
            case ECHO_NETTY -> Optional.empty();
        };
    }

    /** All that are there, configured and ready to be started, in the order in which they take turns. */
    public List<Peer> peers(Path folder, Path kubeconfig, int upstreamPort) throws IOException, InterruptedException {
        Peers peers = new Peers(folder, kubeconfig, upstreamPort);
        Resolvers resolvers = new Resolvers(folder, upstreamPort);
        Echoes echoes = new Echoes(folder);
        List<Peer> present = new ArrayList<>();
        for (Map.Entry<Contender, Path> entry : programs.entrySet()) {
            Path program = entry.getValue();
            present.add(
                    switch (entry.getKey()) {
                        case CAIRN -> peers.cairn(program);
                        case CAIRN_B -> peers.cairnB(program);
                        case COREDNS -> peers.coreDns(program);
                        case UNBOUND -> resolvers.unbound(program);
                        case DNSDIST -> resolvers.dnsdist(program);
                        case KNOT_RESOLVER -> resolvers.knotResolver(program);
                        case PDNS_RECURSOR -> resolvers.pdnsRecursor(program);
                        case DNSMASQ -> resolvers.dnsmasq(program);
                        case ECHO_C -> echoes.c(program, setting.file("perf/echo.c"));
                        case ECHO_NETTY -> echoes.netty(program, setting.file("server/jvm.options"));
                    });
        }
        return present;
    }
}
