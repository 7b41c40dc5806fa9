package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.cairndns.kubernetes.ObjectName;
import org.jspecify.annotations.Nullable;

/** One watch on a kind, from its beginning to its end; confined to the source's thread. */
final class WatchRun implements ApiCall.Listener {
    /** The receiver of what becomes of the watch. */
    interface Outcome {
        /** The API agrees. */
        void watching();

        /**
         * Everything up to this version was reported.
         *
         * @throws ApiFailureException when the API is behind what it said before
         */
        void advanced(String resourceVersion);

        /** An object was reported, or its end. */
        void touched(ObjectName name);

        /** The API has ended the watch as agreed. */
        void ended();

        /** The watch broke off. */
        void failed(ApiFailure failure);
    }

    private final Feed feed;
    private final Outcome outcome;
    private @Nullable WatchBody body;
    private @Nullable ApiCall call;

    WatchRun(Feed feed, Outcome outcome) {
        this.feed = feed;
        this.outcome = outcome;
    }

    /** Asks for what happens after a version, for so many seconds. */
    void start(String resourceVersion, long seconds) {
        String parameters = "resourceVersion=" + ApiResource.encode(resourceVersion) + "&timeoutSeconds=" + seconds;
        call = feed.watch(parameters, this);
    }

    /** Breaks off without an outcome. */
    void cancel() {
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void started(String mediaType) {
        body = mediaType.startsWith(ProtoEnvelope.MEDIA_TYPE)
                ? new WatchBody.Proto(ProtoMessage.of(feed.kind()), feed.projection(), this::event)
                : new WatchBody.Json(feed.client().json(), feed.projection(), this::event);
        outcome.watching();
    }

    @Override
    public void piece(ByteBuffer octets) {
        body().feed(octets);
    }

    @Override
    public void ended() {
        body().finish();
        outcome.ended();
    }

    @Override
    public void failed(ApiFailure failure) {
        outcome.failed(failure);
    }

    // What started made.
    private WatchBody body() {
        return Objects.requireNonNull(body);
    }

    private void event(WatchEvent event) {
        switch (event) {
            case WatchEvent.Changed changed -> {
                changed(changed.object());
                outcome.touched(feed.name(changed.object()));
                outcome.advanced(changed.object().meta().resourceVersion());
            }
            case WatchEvent.Deleted deleted -> {
                feed.remove(deleted.object());
                outcome.touched(feed.name(deleted.object()));
                outcome.advanced(deleted.object().meta().resourceVersion());
            }
            case WatchEvent.Bookmark bookmark -> outcome.advanced(bookmark.resourceVersion());
            case WatchEvent.Failed failed -> throw new ApiFailureException(failureOf(failed.status()));
        }
    }

    private void changed(ReadObject object) {
        if (object.projected() instanceof Projected.Irrelevant) {
            // It may have mattered before.
            feed.remove(object);
        } else {
            feed.put(object);
        }
    }

    // The state is lost whatever the reason: 410 says so, and after other errors nobody knows what was left out.
    private static ApiFailure failureOf(ApiStatus status) {
        return new ApiFailure(
                ApiFailure.Reason.GONE, "the API ends the watch: " + status.code() + " " + status.message());
    }
}
