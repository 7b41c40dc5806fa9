package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One reading of all objects of a kind, page by page; confined to the source's thread. */
final class ListRun implements ApiCall.Listener {
    private static final int PAGE_OBJECTS = 500;

    /** The receiver of the outcome, of which there is one. */
    interface Outcome {
        /** All objects were put; a watch can go on from {@code resourceVersion}. */
        void listed(String resourceVersion, int objects);

        /** The list broke off. */
        void failed(ApiFailure failure);
    }

    private final Feed feed;
    private final Outcome outcome;
    private @Nullable ListBody body;
    private @Nullable ApiCall call;
    private String continueToken = "";
    private String resourceVersion = "";
    private boolean paged = true;
    private int objects;

    ListRun(Feed feed, Outcome outcome) {
        this.feed = feed;
        this.outcome = outcome;
    }

    /** Asks for the first page. */
    void start() {
        objects = 0;
        resourceVersion = "";
        page("");
    }

    /** Breaks off without an outcome. */
    void cancel() {
        if (call != null) {
            call.cancel();
        }
    }

    @Override
    public void started(String mediaType) {
        body = ListBody.of(mediaType, feed, this::object);
        if (continueToken.isEmpty()) {
            feed.listStarted();
        }
    }

    @Override
    public void piece(ByteBuffer octets) {
        body().feed(octets);
    }

    @Override
    public void ended() {
        ListPage page = body().end();
        // Pages of several states, which an API hands out in need, are made one by a watch from the oldest on.
        if (resourceVersion.isEmpty() || Versions.isBefore(page.resourceVersion(), resourceVersion)) {
            resourceVersion = page.resourceVersion();
        }
        if (page.continueToken().isEmpty()) {
            feed.changes().listFinished(feed.kind());
            outcome.listed(resourceVersion, objects);
        } else {
            page(page.continueToken());
        }
    }

    @Override
    public void failed(ApiFailure failure) {
        if (failure.reason() == ApiFailure.Reason.GONE && paged && !continueToken.isEmpty()) {
            // The pages were read more slowly than the API forgets: all in one go can't expire.
            paged = false;
            start();
        } else {
            outcome.failed(failure);
        }
    }

    private void page(String token) {
        continueToken = token;
        String limit = paged ? "limit=" + PAGE_OBJECTS : "";
        String next = token.isEmpty() ? "" : "&continue=" + ApiResource.encode(token);
        call = feed.list(limit + next, this);
    }

    // What started made.
    private ListBody body() {
        return Objects.requireNonNull(body);
    }

    private void object(FieldReader reader) {
        feed.put(feed.projection().read(reader));
        objects++;
    }
}
