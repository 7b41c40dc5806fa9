package org.cairndns.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maker of the handlers behind the choice of an HTTP version, with the limits of each. */
final class HttpPipelines {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPipelines.class);

    /** Enough for a query of {@link TcpFrames#MAX_QUERY_OCTETS} in base64. */
    private static final int MAX_LINE_OCTETS = 8192;

    private static final int MAX_HEADER_OCTETS = 8192;
    private static final int MAX_CHUNK_OCTETS = 8192;

    /** Streams open at a time; RFC 9113 6.5.2 recommends no fewer. */
    private static final int MAX_STREAMS = 100;

    /** A body of a query fits in half of it. */
    private static final int WINDOW_OCTETS = 8192;

    /** Streams that a client may give up; one that does so all the time makes work without taking responses. */
    private static final int MAX_RESETS = 200;

    private static final int RESET_WINDOW_SECONDS = 30;

    /** Acknowledgements of settings and pings that wait for a client that does not read. */
    private static final int MAX_CONTROL_FRAMES_WAITING = 200;

    private static final int MAX_EMPTY_FRAMES = 2;
    private static final int MAX_SMALL_CONTINUATIONS = 16;

    /** Time for open streams once the connection shall end; as long as CoreDNS waits for its handlers. */
    private static final long GOODBYE_MILLIS = 5_000;

    private HttpPipelines() {}

    /** Adds what HTTP/1.1 needs. */
    static void addHttp1(ChannelPipeline pipeline, DohService service, HttpActivity activity) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_LINE_OCTETS)
                        .setMaxHeaderSize(MAX_HEADER_OCTETS)
                        .setMaxChunkSize(MAX_CHUNK_OCTETS)))
                .addLast(new FlowControlHandler())
                .addLast(new DohHandler(service, activity));
    }

    /** Adds what HTTP/2 needs. */
    static void addHttp2(ChannelPipeline pipeline, DohService service, HttpActivity activity) {
        Http2Settings settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(MAX_STREAMS)
                .maxHeaderListSize(MAX_HEADER_OCTETS)
                .initialWindowSize(WINDOW_OCTETS);
        pipeline.addLast(Http2FrameCodecBuilder.forServer()
                        .initialSettings(settings)
                        .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
                        .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
                        .encoderEnforceMaxQueuedControlFrames(MAX_CONTROL_FRAMES_WAITING)
                        .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_FRAMES)
                        .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
                        .gracefulShutdownTimeoutMillis(GOODBYE_MILLIS)
                        .build())
                .addLast(new Http2MultiplexHandler(streams(service, activity)))
                .addLast(new FaultLog(service));
    }

    /** Takes what is wrong with an HTTP/2 connection, which its codec ends, so that no client fills the log. */
    private static final class FaultLog extends ChannelInboundHandlerAdapter {
        private final DohService service;

        FaultLog(DohService service) {
            this.service = service;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Faults.tell(LOG, service.runner(), "https", service.client(), cause);
            if (cause instanceof Error) {
                // Of these the codec knows nothing.
                context.close();
            }
        }
    }

    private static ChannelHandler streams(DohService service, HttpActivity activity) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                if (!activity.hasRoomFor(stream)) {
                    stream.close();
                    return;
                }
                stream.pipeline()
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                        .addLast(new DohHandler(service, activity));
            }
        };
    }
}
