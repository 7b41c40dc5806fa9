package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import tools.jackson.core.json.JsonFactory;

/** The events of a watch that arrive in pieces of any size, each handed out as soon as it is there. */
sealed interface WatchBody permits WatchBody.Json, WatchBody.Proto {
    /**
     * Takes the next piece and hands over the events that it completes.
     *
     * @throws MalformedBodyException when it can't be part of a watch
     * @throws tools.jackson.core.JacksonException when it is no JSON
     */
    void feed(ByteBuffer piece);

    /**
     * Checks that the watch ends here.
     *
     * @throws MalformedBodyException when it is cut off
     */
    void finish();

    /** Events in JSON. */
    final class Json implements WatchBody {
        private final JsonCutter cutter;

        Json(JsonFactory json, Projection projection, Consumer<WatchEvent> sink) {
            JsonWatchEvents events = new JsonWatchEvents(json, projection);
            this.cutter =
                    JsonCutter.sequence((octets, offset, length) -> sink.accept(events.read(octets, offset, length)));
        }

        @Override
        public void feed(ByteBuffer piece) {
            cutter.feed(piece);
        }

        @Override
        public void finish() {
            cutter.finish();
        }
    }

    /** Events in the API's binary encoding: each is a frame, with the number of its octets in four octets in front. */
    final class Proto implements WatchBody {
        private static final int LENGTH_OCTETS = 4;

        private final ProtoWatchEvents events;
        private final Consumer<WatchEvent> sink;
        private final OctetBuffer frame = new OctetBuffer(JsonCutter.MAX_OBJECT_OCTETS);
        private int lengthSeen;
        private int length;

        Proto(ProtoMessage message, Projection projection, Consumer<WatchEvent> sink) {
            this.events = new ProtoWatchEvents(message, projection);
            this.sink = sink;
        }

        @Override
        public void feed(ByteBuffer piece) {
            while (piece.hasRemaining()) {
                if (lengthSeen < LENGTH_OCTETS) {
                    length = length << 8 | piece.get() & 0xff;
                    lengthSeen++;
                } else {
                    frame.append(piece, Math.min(piece.remaining(), length - frame.length()));
                }
                if (lengthSeen == LENGTH_OCTETS && frame.length() == length) {
                    lengthSeen = 0;
                    length = 0;
                    event();
                }
            }
        }

        private void event() {
            WatchEvent event = events.read(frame.octets(), 0, frame.length());
            frame.clear();
            sink.accept(event);
        }

        @Override
        public void finish() {
            if (lengthSeen > 0) {
                throw new MalformedBodyException("the watch ends in the middle");
            }
        }
    }
}
