package org.cairndns.plugin.rewrite;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.wire.Query;

/** Value of an EDNS option, fixed or taken from the query. */
@FunctionalInterface
interface EdnsValue {
    /** Values that a Corefile names in braces: addresses and numbers in network order, the rest as text. */
    Map<String, EdnsValue> VARIABLES = Map.of(
            "{qname}", query -> query.qname().toString().getBytes(StandardCharsets.US_ASCII),
            "{qtype}", query -> unsignedShort(query.qtype()),
            "{client_ip}", query -> query.client().getAddress().getAddress(),
            "{client_port}", query -> unsignedShort(query.client().getPort()),
            "{protocol}", query -> query.listener().transport().label().getBytes(StandardCharsets.US_ASCII),
            "{server_ip}", query -> query.listener().localAddress().getAddress().getAddress(),
            "{server_port}",
                    query -> unsignedShort(query.listener().localAddress().getPort()));

    byte[] of(Query query);

    /** True if the query has the value; the rule is for no other one. */
    default boolean isKnown(Query query) {
        return true;
    }

    /** A value of metadata. */
    record OfMetadata(Metadata.Value value) implements EdnsValue {
        @Override
        public byte[] of(Query query) {
            return value.of(query).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isKnown(Query query) {
            return !value.of(query).isEmpty();
        }
    }

    /**
     * The client's network (RFC 7871 6): family, prefix length, scope 0, the octets of the prefix.
     *
     * @param bits4 prefix length for an IPv4 client, 0..32
     * @param bits6 prefix length for an IPv6 client, 0..128
     */
    static EdnsValue subnet(int bits4, int bits6) {
        return query -> {
            InetAddress client = query.client().getAddress();
            byte[] address = client.getAddress();
            boolean isV4 = address.length == 4;
            int bits = isV4 ? bits4 : bits6;
            byte[] value = new byte[4 + (bits + 7) / 8];
            value[1] = (byte) (isV4 ? 1 : 2);
            value[2] = (byte) bits;
            System.arraycopy(address, 0, value, 4, value.length - 4);
            if (bits % 8 != 0) {
                value[value.length - 1] &= (byte) (0xff << 8 - bits % 8);
            }
            return value;
        };
    }

    private static byte[] unsignedShort(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }
}
