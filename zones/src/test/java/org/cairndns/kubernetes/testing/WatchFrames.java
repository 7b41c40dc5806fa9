package org.cairndns.kubernetes.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The events in the octets of a watch, which arrive in pieces of any size: lines of JSON, or frames of the binary encoding. */
final class WatchFrames {
    private static final int LENGTH_OCTETS = 4;
    private static final String TYPE = "\"type\":\"";

    /** The receiver of events. */
    @FunctionalInterface
    interface Sink {
        /** An event of a type such as ADDED with all its octets. */
        void event(String type, byte[] octets) throws IOException;
    }

    private final boolean binary;
    private final Sink sink;
    private final ByteArrayOutputStream event = new ByteArrayOutputStream();
    private int frameOctets;

    WatchFrames(String mediaType, Sink sink) {
        this.binary = mediaType.contains("protobuf");
        this.sink = sink;
    }

    void feed(byte[] octets, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            event.write(octets[i]);
            if (binary ? isWholeFrame() : octets[i] == '\n') {
                byte[] whole = event.toByteArray();
                event.reset();
                sink.event(binary ? binaryType(whole) : jsonType(whole), whole);
            }
        }
    }

    private boolean isWholeFrame() {
        if (event.size() < LENGTH_OCTETS) {
            return false;
        }
        if (event.size() == LENGTH_OCTETS) {
            byte[] head = event.toByteArray();
            frameOctets = LENGTH_OCTETS + ByteBuffer.wrap(head).getInt();
        }
        return event.size() == frameOctets;
    }

    // Field 1 of the event, its type, comes first.
    private static String binaryType(byte[] frame) {
        int at = LENGTH_OCTETS;
        return frame.length > at + 1 && frame[at] == 0x0a
                ? new String(frame, at + 2, frame[at + 1], StandardCharsets.US_ASCII)
                : "";
    }

    private static String jsonType(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        int at = text.indexOf(TYPE);
        return at < 0 ? "" : text.substring(at + TYPE.length(), text.indexOf('"', at + TYPE.length()));
    }
}
