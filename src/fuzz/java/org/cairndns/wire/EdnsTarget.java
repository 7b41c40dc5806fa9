package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A code, then any octets as EDNS options: read where they are options, found again by code, replaced one by one. */
public final class EdnsTarget {
    private EdnsTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2 || input.length > 60_000) {
            return;
        }
        int code = (input[0] & 0xff) << 8 | input[1] & 0xff;
        byte[] options = Arrays.copyOfRange(input, 2, input.length);
        ByteBuf message = Octets.header(7, 0x0100, 1, 0, 0, 1)
                .raw(new byte[] {0, 0, 1, 0, 1})
                .raw(new byte[] {0, 0, 41, 4, (byte) 0xd0, 0, 0, 0, 0})
                .u16(options.length)
                .raw(options)
                .toBuffer();
        ReadResult result = QueryReader.read(message, Queries.CLIENT, Queries.UDP);
        @Nullable Map<Integer, String> values = values(options);
        if (values == null) {
            assertThat(result).isInstanceOf(ReadResult.Rejected.class);
            return;
        }
        Query query = (Query) result;
        assertThat(query.edns().options()).isEqualTo(options);
        assertThat(EdnsOptions.contains(options, code)).isEqualTo(values.containsKey(code));
        byte[] value = {1, 2, 3};
        byte[] with = EdnsOptions.with(options, code, value);
        values.put(code, Arrays.toString(value));
        assertThat(values(with)).isEqualTo(values);
        ByteBuf sent = Unpooled.buffer();
        QueryWriter.write(query, 7, sent);
        assertThat(sent).isEqualTo(message);
    }

    /** The last value of each code, null if the octets are no options. */
    private static @Nullable Map<Integer, String> values(byte[] options) {
        Map<Integer, String> values = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(options);
        try {
            while (in.hasRemaining()) {
                int code = in.getShort() & 0xffff;
                byte[] value = new byte[in.getShort() & 0xffff];
                in.get(value);
                values.put(code, Arrays.toString(value));
            }
        } catch (BufferUnderflowException e) {
            return null;
        }
        return values;
    }
}
