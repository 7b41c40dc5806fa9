package org.cairndns.kubernetes.source;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cairndns.kubernetes.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of what is known of a kind with what the API has, while the watch goes on; confined to the source's thread.
 *
 * <p>The API lists the metadata of all objects, in a state that is no older than what the watch has brought. So what is known is at
 * most behind that list, but for objects that the watch changes meanwhile, which are left out. What is then still behind may be on
 * its way: it is looked at again, once the watch has got past the list or after a while.
 */
final class AuditRun implements ApiCall.Listener {
    // Beyond that the API is changed faster than it can be compared.
    private static final int MAX_TOUCHED = 50_000;

    /** The receiver of the outcome, of which there is one. */
    interface Outcome {
        /** The version up to which the watch has reported everything. */
        String watched();

        /** All was compared; {@code different} has what is wrong, in a word, of each object that is. */
        void compared(Map<ObjectName, String> different);

        /** What the API has is older than what it had. */
        void wentBack(String text);

        /** There is no result. */
        void unfinished(ApiFailure failure);
    }

    private final Feed feed;
    private final SourceThread thread;
    private final Outcome outcome;
    private final Map<ObjectName, String> different = new HashMap<>();
    private final Set<ObjectName> touched = new HashSet<>();
    private String startVersion = "";
    private String listVersion = "";
    private long listedNanos;
    private long octets;
    private long workNanos;
    private @Nullable ListBody body;
    private @Nullable ApiCall call;
    private SourceThread.@Nullable Timer timer;

    AuditRun(Feed feed, SourceThread thread, Outcome outcome) {
        this.feed = feed;
        this.thread = thread;
        this.outcome = outcome;
    }

    /** Asks for the metadata. */
    void start() {
        startVersion = outcome.watched();
        feed.changes().comparisonStarted(feed.kind());
        call = feed.metadata(
                "resourceVersion=" + ApiResource.encode(startVersion) + "&resourceVersionMatch=NotOlderThan", this);
    }

    /** Breaks off without an outcome. */
    void cancel() {
        SourceThread.cancel(timer);
        if (call != null) {
            call.cancel();
        }
    }

    /** The watch reports something of an object, which makes it none of ours. */
    void touched(ObjectName name) {
        if (touched.size() < MAX_TOUCHED) {
            touched.add(name);
        }
    }

    /** Octets of the list. */
    long octets() {
        return octets;
    }

    /** What the list took of the source's thread. */
    long workNanos() {
        return workNanos;
    }

    @Override
    public void started(String mediaType) {
        body = ListBody.of(mediaType, feed, this::object);
    }

    @Override
    public void piece(ByteBuffer piece) {
        long beforeNanos = System.nanoTime();
        octets += piece.remaining();
        body().feed(piece);
        workNanos += System.nanoTime() - beforeNanos;
    }

    @Override
    public void ended() {
        ListPage page = body().end();
        if (!page.continueToken().isEmpty()) {
            call = feed.metadata("continue=" + ApiResource.encode(page.continueToken()), this);
            return;
        }
        listVersion = page.resourceVersion();
        if (Versions.isBefore(listVersion, startVersion)) {
            outcome.wentBack("the API went back from version " + startVersion + " to " + listVersion);
            return;
        }
        feed.changes().unseen(feed.kind()).forEach(name -> different.put(name, "extra"));
        different.keySet().removeAll(touched);
        if (different.isEmpty()) {
            outcome.compared(different);
        } else {
            listedNanos = System.nanoTime();
            lookAfter(feed.timings().audit().firstLook());
        }
    }

    @Override
    public void failed(ApiFailure failure) {
        outcome.unfinished(failure);
    }

    private void object(FieldReader reader) {
        ReadObject object = feed.projection().read(reader);
        switch (feed.compare(object)) {
            case SAME -> {}
            case OLDER -> different.put(feed.name(object), "older");
            case MISSING -> different.put(feed.name(object), "missing");
        }
    }

    private void lookAfter(Duration pause) {
        timer = thread.schedule(this::look, pause);
    }

    private void look() {
        if (touched.size() == MAX_TOUCHED) {
            outcome.unfinished(new ApiFailure(ApiFailure.Reason.REFUSED, "too many changes to compare"));
            return;
        }
        different.keySet().removeAll(touched);
        // Events have an order: what the watch has not brought once it is past the list it will not bring.
        boolean past = Versions.isAtLeast(outcome.watched(), listVersion);
        Duration left = feed.timings().audit().lastLook().minusNanos(System.nanoTime() - listedNanos);
        if (different.isEmpty() || past || !left.isPositive()) {
            outcome.compared(different);
        } else {
            lookAfter(left);
        }
    }

    // What started made.
    private ListBody body() {
        return Objects.requireNonNull(body);
    }
}
