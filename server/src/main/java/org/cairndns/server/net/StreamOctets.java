package org.cairndns.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** What one connection over TCP or TLS has in buffers, as its event loop notes it at the end of each turn. */
final class StreamOctets implements HeldOctets.Holder {
    private final HeldOctets all;
    private final Runnable ends;
    private final Runnable turned;

    /** Set once, before anybody else knows this. */
    private volatile @Nullable ChannelHandlerContext context;

    /** What was received and waits, in buffers of ours and of TLS; written by the event loop. */
    private volatile int receivedOctets;

    /** True while the connection is known to hold something. */
    private boolean holding;

    /**
     * @param ends told when the connection is ended for want of room
     * @param turned told at the end of each turn
     */
    StreamOctets(HeldOctets all, Runnable ends, Runnable turned) {
        this.all = all;
        this.ends = ends;
        this.turned = turned;
    }

    /** Notes what the connection holds now: octets of queries that wait, and what its socket has not taken. */
    void note(ChannelHandlerContext here, int waitingOctets) {
        int received = waitingOctets + TlsHandlers.receivedOctets(here.channel());
        if (received != receivedOctets) {
            receivedOctets = received;
        }
        noteSent(here);
        turned.run();
    }

    /** Notes that something was handed to the socket, which may not have taken it. */
    void noteSent(ChannelHandlerContext here) {
        if (context == null) {
            context = here;
        }
        long octets = heldOctets();
        if (octets > 0 || holding) {
            holding = all.note(this, octets);
        }
    }

    /** The connection is gone. */
    void forget() {
        if (holding) {
            holding = false;
            all.forget(this);
        }
    }

    @Override
    public long heldOctets() {
        ChannelHandlerContext here = context;
        ChannelOutboundBuffer unsent =
                here == null ? null : here.channel().unsafe().outboundBuffer();
        return receivedOctets + (unsent == null ? 0 : unsent.totalPendingWriteBytes());
    }

    @Override
    public void endForRoom() {
        Goodbye.unsaid(context, ends);
    }
}
