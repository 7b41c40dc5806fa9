package org.cairndns.plugin.view;

import static org.cairndns.plugin.view.expression.ValueType.Simple.BOOL;
import static org.cairndns.plugin.view.expression.ValueType.Simple.STRING;

import java.net.InetAddress;
import org.cairndns.corefile.Cidr;
import org.cairndns.plugin.view.expression.Call;
import org.cairndns.plugin.view.expression.EvaluationException;
import org.cairndns.plugin.view.expression.ExpressionException;
import org.cairndns.plugin.view.expression.Frame;
import org.cairndns.plugin.view.expression.Node;
import org.cairndns.zone.IpAddress;

/** The function {@code incidr(ADDRESS, NETWORK)}: whether an address lies in a network. */
final class NetworkTest {
    private static final String EXPECTED = "a network such as '10.0.0.0/8' or '2001:db8::/32'";

    private NetworkTest() {}

    static Node call(Call call) throws ExpressionException {
        call.hasArguments(2, 2);
        call.has(0, STRING);
        call.has(1, STRING);
        Node address = call.argument(0);
        Node network = call.argument(1);
        if (network.constant().isEmpty()) {
            return Node.varying(
                    BOOL, frame -> network(text(network, frame)).contains(address(address, frame)), address, network);
        }
        String text = (String) network.constant().get();
        // Unlike CoreDNS, whose view takes no query then: the owner meant something else.
        Cidr cidr = Cidr.parse(text)
                .orElseThrow(() -> call.fault("expected " + EXPECTED + " as argument 2, got '" + text + "'"));
        if (address.evaluation() instanceof QueryFunctions.AddressText known) {
            return Node.varying(BOOL, frame -> cidr.contains(known.source().of(frame.query())), address);
        }
        return Node.varying(BOOL, frame -> cidr.contains(address(address, frame)), address);
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow(() -> new EvaluationException("'" + text + "' is no network"));
    }

    private static InetAddress address(Node node, Frame frame) {
        String text = text(node, frame);
        return IpAddress.parse(text)
                .orElseThrow(() -> new EvaluationException("'" + text + "' is no IP address"))
                .toInetAddress();
    }

    private static String text(Node node, Frame frame) {
        if (node.evaluation().of(frame) instanceof String text) {
            return text;
        }
        throw new EvaluationException("expected a string");
    }
}
