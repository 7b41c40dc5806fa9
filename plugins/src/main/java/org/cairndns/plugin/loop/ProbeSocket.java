package org.cairndns.plugin.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryWriter;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseReader;
import org.jspecify.annotations.Nullable;

/** A UDP socket that asks one upstream one query; never blocks. For one thread at a time. */
final class ProbeSocket implements LoopProbe.Socket {
    private static final PluginLog LOG = PluginLog.of("loop");
    private static final int MAX_RESPONSE_OCTETS = 1232;

    private final Query query;
    private final int id;
    private @Nullable DatagramChannel channel;

    /**
     * A socket that has sent nothing yet.
     *
     * @param id of the message, 0..65535
     */
    ProbeSocket(Query query, int id) {
        this.query = query;
        this.id = id;
    }

    @Override
    public void send(InetSocketAddress upstream) {
        ByteBuf message = Unpooled.buffer(QueryWriter.octets(query));
        QueryWriter.write(query, id, message);
        try {
            DatagramChannel open = channel;
            if (open == null) {
                open = DatagramChannel.open();
                channel = open;
                open.configureBlocking(false);
                open.connect(upstream);
            }
            open.write(message.nioBuffer());
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            // Java is unchecked about an IPv6 address where there is no IPv6.
            LOG.debug("no probe to " + upstream + ": " + e);
            close();
        }
    }

    @Override
    public int rcode() {
        DatagramChannel open = channel;
        if (open == null) {
            return NONE;
        }
        ByteBuffer octets = ByteBuffer.allocate(MAX_RESPONSE_OCTETS);
        try {
            while (open.read(octets.clear()) > 0) {
                Response response = ResponseReader.read(Unpooled.wrappedBuffer(octets.flip()), id, query);
                return response.rcode();
            }
        } catch (IOException | BadMessageException e) {
            LOG.debug("no response to a probe: " + e.getMessage());
        }
        return NONE;
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the socket of a probe: " + e);
        }
        channel = null;
    }
}
