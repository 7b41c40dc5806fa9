package org.cairndns.plugin.forward;

import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;

/** Maker of the streams of one HTTP/2 connection, which its codec lets only a neighbour in the pipeline do. */
final class DohStreams extends Http2ChannelDuplexHandler {}
