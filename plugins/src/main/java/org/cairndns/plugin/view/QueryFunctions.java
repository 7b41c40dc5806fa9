package org.cairndns.plugin.view;

import static org.cairndns.plugin.view.expression.ValueType.Simple.BOOL;
import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;
import static org.cairndns.plugin.view.expression.ValueType.Simple.STRING;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.view.expression.Call;
import org.cairndns.plugin.view.expression.Evaluation;
import org.cairndns.plugin.view.expression.ExpressionException;
import org.cairndns.plugin.view.expression.Frame;
import org.cairndns.plugin.view.expression.Function;
import org.cairndns.plugin.view.expression.Node;
import org.cairndns.plugin.view.expression.ValueType;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.zone.IpAddress;

/** Functions by which expressions see a query; see CoreDNS plugin/pkg/expression. */
final class QueryFunctions {
    /** Asks metadata for a value. */
    @FunctionalInterface
    interface Labels {
        /**
         * @param offset of the label's place in the expression
         */
        Metadata.Value value(String label, int offset);
    }

    /** Gives something of a query. */
    @FunctionalInterface
    private interface Field {
        Object of(Query query);
    }

    private QueryFunctions() {}

    static Map<String, Function> of(Labels labels, Metadata metadata) {
        Map<String, Function> functions = new HashMap<>();
        functions.put("type", field(STRING, query -> RecordType.text(query.qtype())));
        functions.put("class", field(STRING, query -> DnsClass.text(query.qclass())));
        functions.put("name", field(STRING, query -> query.qname().toLowerCase().toString()));
        functions.put(
                "proto", field(STRING, query -> query.listener().transport().label()));
        functions.put("size", field(INT, query -> (long) query.sizeOctets()));
        functions.put("id", field(INT, query -> (long) query.id()));
        functions.put("opcode", field(INT, query -> (long) (query.flags() >> 11 & 0xf)));
        functions.put("do", field(BOOL, query -> query.edns().dnssecOk()));
        functions.put("bufsize", field(INT, query -> (long) query.maxResponseOctets()));
        functions.put(
                "port", field(STRING, query -> String.valueOf(query.client().getPort())));
        functions.put(
                "server_port",
                field(
                        STRING,
                        query -> String.valueOf(query.listener().localAddress().getPort())));
        functions.put("client_ip", address(query -> query.client().getAddress()));
        functions.put(
                "server_ip", address(query -> query.listener().localAddress().getAddress()));
        functions.put("incidr", NetworkTest::call);
        functions.put("metadata", call -> label(call, labels, metadata));
        return functions;
    }

    private static Function field(ValueType type, Field field) {
        return call -> {
            call.hasArguments(0, 0);
            return Node.varying(type, frame -> field.of(frame.query()));
        };
    }

    private static Function address(AddressText.Source source) {
        return call -> {
            call.hasArguments(0, 0);
            return Node.varying(STRING, new AddressText(source));
        };
    }

    private static Node label(Call call, Labels labels, Metadata metadata) throws ExpressionException {
        call.hasArguments(1, 1);
        call.has(0, STRING);
        Node argument = call.argument(0);
        if (argument.constant().isPresent()) {
            Metadata.Value value = labels.value((String) argument.constant().get(), call.at());
            return Node.varying(STRING, frame -> value.of(frame.query()), argument);
        }
        metadata.useAnyLabel();
        return Node.varying(
                STRING,
                frame -> metadata.find(String.valueOf(argument.evaluation().of(frame)), frame.query()),
                argument);
    }

    /** An address in text, for {@code incidr} without a detour. */
    record AddressText(Source source) implements Evaluation {
        /** Gives an address of a query. */
        @FunctionalInterface
        interface Source {
            InetAddress of(Query query);
        }

        @Override
        public Object of(Frame frame) {
            return IpAddress.of(source.of(frame.query())).toString();
        }
    }
}
