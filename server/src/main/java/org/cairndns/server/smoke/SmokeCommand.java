package org.cairndns.server.smoke;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.cairndns.corefile.HostPort;
import org.cairndns.plugin.spi.ResolvConf;
import org.cairndns.server.option.HelpOption;
import org.cairndns.wire.DomainName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code cairn smoke}: asks a cluster's DNS twelve things that pods ask, one line for each. */
@Command(
        name = "smoke",
        description = "Ask a cluster's DNS twelve things that pods ask of it.",
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all is as it should be", "1:something is not", "2:the command line is wrong"})
public final class SmokeCommand implements Callable<Integer> {
    private static final int PORT = 53;
    private static final int FAULTY = 1;
    private static final String USUAL_ZONE = "cluster.local.";

    @Option(
            names = "--server",
            paramLabel = "ADDRESS[:PORT]",
            description = "Server to ask (default: the first one of /etc/resolv.conf)")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of the cluster (default: that of the search list, else cluster.local)")
    private Optional<String> zone = Optional.empty();

    @Option(
            names = "--service",
            paramLabel = "NAME.NAMESPACE",
            description = "Service of DNS (default: ${DEFAULT-VALUE})")
    private String service = "kube-dns.kube-system";

    @Option(
            names = "--outside",
            paramLabel = "NAME",
            description = "Name outside of the cluster, 'none' where there is no way out (default: ${DEFAULT-VALUE})")
    private String outside = "one.one.one.one";

    @Option(
            names = "--pods",
            paramLabel = "NAME|ADDRESS",
            description =
                    "Servers whose ports 8181 (/ready) and 9153 (/metrics) are looked at, such as a headless service;"
                            + " may be given several times")
    private List<String> pods = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            description = "Milliseconds for a response, of which there are three tries (default: ${DEFAULT-VALUE})")
    private int timeoutMillis = 2_000;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> environment;
    private final Path resolvConf;
    private final IntSupplier ids;
    private final PrintStream out;

    /**
     * @param resolvConf the file that says which servers the machine asks
     * @param ids message ids, 0..65535
     */
    public SmokeCommand(Map<String, String> environment, Path resolvConf, IntSupplier ids, PrintStream out) {
        this.environment = environment;
        this.resolvConf = resolvConf;
        this.ids = ids;
        this.out = out;
    }

    @Override
    public Integer call() {
        InetSocketAddress asked = address();
        SmokeTarget target = target();
        out.println("Asks " + new HostPort(asked.getAddress().getHostAddress(), asked.getPort()) + " about "
                + target.zone() + ":");
        DnsAsker dns = new DnsAsker(asked, timeoutMillis, ids);
        Optional<SystemResolver> resolver =
                server.isPresent() ? Optional.empty() : Optional.of(name -> List.of(InetAddress.getAllByName(name)));
        List<SmokeCheck> checks = new ArrayList<>(new SmokeChecks(target, dns).all());
        checks.addAll(new OutsideChecks(target.outside(), dns).all());
        checks.addAll(new ProcessChecks(resolver, target.pods(), dns, new WebPages(timeoutMillis)).all());
        return run(checks);
    }

    private int run(List<SmokeCheck> checks) {
        int failed = 0;
        int skipped = 0;
        for (SmokeCheck check : checks) {
            Verdict verdict = check.verdict();
            out.println(verdict.word() + " " + check.title() + ": " + verdict.text());
            out.flush();
            failed += verdict instanceof Verdict.Failed ? 1 : 0;
            skipped += verdict instanceof Verdict.Skipped ? 1 : 0;
        }
        out.println(checks.size() - failed - skipped + " ok, " + skipped + " skipped, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : FAULTY;
    }

    private InetSocketAddress address() {
        if (server.isPresent()) {
            HostPort given = HostPort.parse(server.get(), PORT)
                    .orElseThrow(() -> wrong("--server: expected ADDRESS[:PORT], got '" + server.get() + "'"));
            InetAddress address = given.address()
                    .orElseThrow(() -> wrong("--server: expected an IP address, got '" + given.host() + "'"));
            return new InetSocketAddress(address, given.port());
        }
        try {
            List<InetAddress> servers = ResolvConf.nameServers(resolvConf);
            if (!servers.isEmpty()) {
                return new InetSocketAddress(servers.getFirst(), PORT);
            }
            throw wrong(resolvConf + " names no server; name one by --server");
        } catch (IOException e) {
            throw wrong("cannot read " + resolvConf + " (" + e.getMessage() + "); name a server by --server");
        }
    }

    private SmokeTarget target() {
        if (service.indexOf('.') <= 0) {
            throw wrong("--service: expected NAME.NAMESPACE, got '" + service + "'");
        }
        if (timeoutMillis <= 0) {
            throw wrong("--timeout: expected milliseconds over 0, got " + timeoutMillis);
        }
        Optional<DomainName> outsideName =
                outside.equals("none") ? Optional.empty() : Optional.of(name("--outside", outside));
        pods.forEach(pod -> name("--pods", pod));
        DomainName cluster = zone.map(text -> name("--zone", text)).orElseGet(this::zoneOfSearchList);
        name("--service", service + ".svc." + cluster);
        return new SmokeTarget(cluster, ownNamespace(), service, outsideName, pods, environment);
    }

    /** The label before {@code svc} in the search list that a kubelet writes; empty without one. */
    private String ownNamespace() {
        return searchList().stream()
                .filter(name ->
                        name.labelCount() > 2 && name.parent().lowerLabelAt(0).equals("svc"))
                .map(name -> name.lowerLabelAt(0))
                .findFirst()
                .orElse("");
    }

    /** What follows {@code svc} in the search list that a kubelet writes. */
    private DomainName zoneOfSearchList() {
        return searchList().stream()
                .filter(name -> name.labelCount() > 1 && name.lowerLabelAt(0).equals("svc"))
                .map(DomainName::parent)
                .findFirst()
                .orElse(DomainName.of(USUAL_ZONE));
    }

    /** Empty where there is no file to read it from. */
    private List<DomainName> searchList() {
        try {
            return ResolvConf.searchPath(resolvConf);
        } catch (IOException e) {
            return List.of();
        }
    }

    private DomainName name(String option, String text) {
        try {
            return DomainName.of(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
