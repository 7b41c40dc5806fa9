package org.cairndns.plugin.transfer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * One NOTIFY to one host: sent over UDP, looked for an answer after a while, sent again (RFC 1996 3.6).
 *
 * <p>Its lock guards the fields; no step waits.
 */
final class NotifyExchange {
    private static final PluginLog LOG = PluginLog.of("transfer");

    /** Pauses before the looks for an answer; there is one attempt for each. */
    private static final long[] PAUSE_SECONDS = {1, 2, 4, 8, 16};

    /** Opcode NOTIFY and AA. */
    private static final int FLAGS = 0x2400;

    private static final int QR_AND_OPCODE = 0xf800;
    private static final int RESPONSE = 0xa000;
    private static final int HEADER_OCTETS = 12;
    private static final int MAX_RESPONSE_OCTETS = 512;

    /**
     * What is sent.
     *
     * @param id 0..65535
     */
    record Message(DomainName zone, InetSocketAddress host, Optional<InetAddress> source, int id) {
        private ByteBuffer octets() {
            ByteBuffer octets = ByteBuffer.allocate(HEADER_OCTETS + zone.length() + 4);
            octets.putShort((short) id).putShort((short) FLAGS).putShort((short) 1);
            octets.putShort((short) 0).putInt(0).put(zone.toOctets());
            octets.putShort((short) RecordType.SOA).putShort((short) DnsClass.IN);
            return octets.flip();
        }
    }

    private final Message message;
    private final ScheduledExecutorService background;
    private final Consumer<NotifyExchange> onEnd;
    private @Nullable DatagramChannel channel;
    private @Nullable Future<?> step;
    private int attempts;
    private String fault = "no response";
    private boolean again;
    private boolean over;

    /**
     * @param onEnd told once that it is over; not after {@link #stop}
     */
    NotifyExchange(Message message, ScheduledExecutorService background, Consumer<NotifyExchange> onEnd) {
        this.message = message;
        this.background = background;
        this.onEnd = onEnd;
    }

    synchronized void start() {
        schedule(0);
    }

    /** The zone changed again: the host may have read it before, so there has to be another NOTIFY. */
    synchronized void repeat() {
        again = true;
    }

    synchronized void stop() {
        over = true;
        if (step != null) {
            step.cancel(false);
        }
        close();
    }

    private void schedule(long seconds) {
        try {
            step = background.schedule(this::run, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            // The process ends; nobody is left to tell.
            over = true;
        }
    }

    private void run() {
        if (step()) {
            onEnd.accept(this);
        }
    }

    /** True if the zone changed while this went on. */
    synchronized boolean isToBeRepeated() {
        return again;
    }

    /** Looks for an answer, or sends; true if it is over. */
    private synchronized boolean step() {
        if (over) {
            return false;
        }
        try {
            over = isAccepted();
            if (!over && attempts < PAUSE_SECONDS.length) {
                send();
                schedule(PAUSE_SECONDS[attempts++]);
                return false;
            }
        } catch (IOException e) {
            fault = e.toString();
            close();
            if (attempts < PAUSE_SECONDS.length) {
                schedule(PAUSE_SECONDS[attempts++]);
                return false;
            }
        }
        if (over) {
            LOG.debug("notify for zone \"" + message.zone() + "\" was accepted by \"" + host() + "\"");
        } else {
            LOG.warn("notify for zone \"" + message.zone() + "\" was not accepted by \"" + host() + "\": " + fault);
        }
        over = true;
        close();
        return true;
    }

    private void send() throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            open = DatagramChannel.open();
            channel = open;
            open.configureBlocking(false);
            if (message.source().isPresent()) {
                open.bind(new InetSocketAddress(message.source().get(), 0));
            }
            open.connect(message.host());
        }
        open.write(message.octets());
    }

    private boolean isAccepted() throws IOException {
        if (channel == null) {
            return false;
        }
        ByteBuffer response = ByteBuffer.allocate(MAX_RESPONSE_OCTETS);
        while (channel.read(response.clear()) > 0) {
            response.flip();
            boolean ours = response.remaining() >= HEADER_OCTETS
                    && (response.getShort(0) & 0xffff) == message.id()
                    && (response.getShort(2) & QR_AND_OPCODE) == RESPONSE;
            int rcode = ours ? response.getShort(2) & 0xf : Rcode.SERVFAIL;
            if (ours && rcode == Rcode.NOERROR) {
                return true;
            }
            fault = ours ? "rcode was " + Rcode.text(rcode) : fault;
        }
        return false;
    }

    private void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a socket for notify: " + e);
        }
        channel = null;
    }

    private String host() {
        return message.host().getAddress().getHostAddress() + ":"
                + message.host().getPort();
    }
}
