package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;

/** A list of objects that arrives in pieces of any size, of which each object is handed out as soon as it is there. */
sealed interface ListBody permits JsonListBody, ProtoListBody {
    /** The receiver of the objects. */
    @FunctionalInterface
    interface Sink {
        /** The reader stands in the object, before its first field. */
        void object(FieldReader reader);
    }

    /** The body of a media type. */
    static ListBody of(String mediaType, Feed feed, Sink sink) {
        return mediaType.startsWith(ProtoEnvelope.MEDIA_TYPE)
                ? new ProtoListBody(feed.kind(), sink)
                : new JsonListBody(feed.client().json(), sink);
    }

    /**
     * Takes the next piece and hands over the objects that it completes.
     *
     * @throws MalformedBodyException when it can't be part of a list
     */
    void feed(ByteBuffer piece);

    /**
     * What the list says besides its objects, once all pieces were fed.
     *
     * @throws MalformedBodyException when it is cut off, or no list
     */
    ListPage end();
}
