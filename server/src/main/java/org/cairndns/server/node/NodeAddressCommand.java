package org.cairndns.server.node;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.cairndns.corefile.HostPort;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code cairn node-address}: gives this machine one more address, on which a cache then listens.
 *
 * <p>The image has no other program that could. It takes root, or CAP_NET_ADMIN.
 */
@Command(
        name = "node-address",
        description = "Give this machine one more address, for a cache on each node; takes CAP_NET_ADMIN.",
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the machine has the address", "1:it has not", "2:the command line is wrong"})
public final class NodeAddressCommand implements Callable<Integer> {
    private static final int SEQUENCE = 1;
    private static final int FAILED = 1;
    private static final int EPERM = 1;

    @Parameters(paramLabel = "ADDRESS", description = "IP address, such as 169.254.20.10")
    private String address = "";

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Network device that gets it (default: ${DEFAULT-VALUE})")
    private String device = "lo";

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final PrintStream out;

    public NodeAddressCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        InetAddress wanted = HostPort.parse(address, 0)
                .flatMap(HostPort::address)
                .orElseThrow(() -> wrong("ADDRESS: expected an IP address, got '" + address + "'"));
        NetworkInterface found = NetworkInterface.getByName(device);
        if (found == null) {
            throw wrong("--device: there is no network device '" + device + "'");
        }
        int error = add(wanted, found.getIndex());
        if (error == 0) {
            out.println(device + " has " + wanted.getHostAddress());
            return 0;
        }
        out.println(device + " does not get " + wanted.getHostAddress() + ": error " + error
                + (error == EPERM ? ", it takes CAP_NET_ADMIN" : ""));
        return FAILED;
    }

    private static int add(InetAddress wanted, int deviceIndex) throws IOException {
        try (RouteSocket socket = new RouteSocket()) {
            socket.send(AddressMessage.request(wanted, deviceIndex, SEQUENCE));
            while (true) {
                byte[] answer = socket.receive();
                OptionalInt error = AddressMessage.error(answer, SEQUENCE);
                if (error.isPresent()) {
                    return error.getAsInt();
                }
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
