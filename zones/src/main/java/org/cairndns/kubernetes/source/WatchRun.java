package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import org.cairndns.kubernetes.ObjectKind;
import org.jspecify.annotations.Nullable;

/** One watch on a kind, from its beginning to its end; confined to the source's thread. */
final class WatchRun implements ApiCall.Listener {
    /** The receiver of what becomes of the watch. */
    interface Outcome {
        /** The API agrees. */
        void watching();

        /** Everything up to this version was reported. */
        void advanced(String resourceVersion);

        /** The API has ended the watch as agreed. */
        void ended();

        /** The watch broke off. */
        void failed(ApiFailure failure);
    }

    private final Feed feed;
    private final Outcome outcome;
    private final WatchEvent.Reader reader;
    private final JsonCutter cutter = JsonCutter.sequence(this::event);
    private @Nullable ApiCall call;

    WatchRun(Feed feed, Outcome outcome) {
        this.feed = feed;
        this.outcome = outcome;
        this.reader = new WatchEvent.Reader(feed.client().json(), feed.projection());
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
        outcome.watching();
    }

    @Override
    public void piece(ByteBuffer octets) {
        cutter.feed(octets);
    }

    @Override
    public void ended() {
        cutter.finish();
        outcome.ended();
    }

    @Override
    public void failed(ApiFailure failure) {
        outcome.failed(failure);
    }

    private void event(byte[] octets, int offset, int length) {
        switch (reader.read(octets, offset, length)) {
            case WatchEvent.Changed event -> {
                changed(event.object());
                outcome.advanced(event.object().meta().resourceVersion());
            }
            case WatchEvent.Deleted event -> {
                remove(event.object());
                outcome.advanced(event.object().meta().resourceVersion());
            }
            case WatchEvent.Bookmark event -> outcome.advanced(event.resourceVersion());
            case WatchEvent.Failed event -> throw new ApiFailureException(failureOf(event.status()));
        }
    }

    private void changed(ReadObject object) {
        if (object.projected() instanceof Projected.Irrelevant) {
            // It may have mattered before.
            remove(object);
        } else {
            object.projected().putTo(feed.changes());
        }
    }

    private void remove(ReadObject object) {
        ObjectMeta meta = object.meta();
        String namespace = feed.kind() == ObjectKind.NAMESPACE ? "" : meta.namespace();
        feed.changes().remove(feed.kind(), namespace, meta.name());
    }

    // The state is lost whatever the reason: 410 says so, and after other errors nobody knows what was left out.
    private static ApiFailure failureOf(ApiStatus status) {
        return new ApiFailure(
                ApiFailure.Reason.GONE, "the API ends the watch: " + status.code() + " " + status.message());
    }
}
