package org.cairndns.kubernetes.source;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.cairndns.kubernetes.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The endless reading of one kind: list, watch, watch anew, and list again where the API has forgotten where we were.
 *
 * <p>Everything but {@link #status()} is confined to the source's thread. At any time there is one list, one watch or one timer.
 */
final class KindWatch implements ListRun.Outcome, WatchRun.Outcome, KindAudit.Outcome {
    // A watch that ends sooner is no success.
    private static final Duration SHORT_WATCH = Duration.ofSeconds(1);
    // So many watches in a row that came to nothing, and the place they start from is doubted.
    private static final int MAX_FRUITLESS = 3;

    // The longest pause before the first list.
    private static final Duration FIRST_LIST_PAUSE = Duration.ofSeconds(4);

    private final Feed feed;
    private final ApiResource resource;
    private final SourceThread thread;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final KindLog log;
    private final KindAudit audit;
    private volatile KindStatus status = KindStatus.initial();
    private String resourceVersion = "";
    private boolean justListed;
    private int fruitless;
    private long watchStartNanos;
    private @Nullable ListRun list;
    private @Nullable WatchRun watch;
    private SourceThread.@Nullable Timer timer;

    KindWatch(Feed feed, SourceThread thread, RandomGenerator random, ConnectionLog connection) {
        this.feed = feed;
        this.resource = ApiResource.of(feed.kind());
        this.thread = thread;
        this.random = random;
        this.backoff = new Backoff(feed.timings().backoffMin(), feed.timings().backoffMax(), random);
        this.log = new KindLog(resource, connection);
        this.audit = new KindAudit(feed, thread, random, this);
    }

    /** How it goes; any thread. */
    KindStatus status() {
        return status;
    }

    /** Goes on from where it is. */
    void attempt() {
        if (resourceVersion.isEmpty()) {
            // Both count what they have seen.
            audit.cancel();
            list = new ListRun(feed, this);
            list.start();
        } else {
            long minSeconds = Math.max(1, feed.timings().watchMin().toSeconds());
            watchStartNanos = System.nanoTime();
            watch = new WatchRun(feed, this);
            watch.start(resourceVersion, minSeconds + random.nextLong(minSeconds + 1));
        }
    }

    /** Breaks off whatever is under way. */
    void cancel() {
        audit.cancel();
        SourceThread.cancel(timer);
        if (list != null) {
            list.cancel();
        }
        if (watch != null) {
            watch.cancel();
        }
    }

    /** Ends the reading for good. */
    void close() {
        cancel();
        log.close();
    }

    @Override
    public void listed(String version, int objects) {
        list = null;
        resourceVersion = version;
        fruitless = 0;
        justListed = true;
        status = status.listed();
        log.listed(objects);
        attempt();
    }

    @Override
    public void watching() {
        // A watch that was broken may have missed something, unless all was listed since.
        boolean broken = !justListed && !status.lastError().isEmpty();
        justListed = false;
        status = status.watching();
        log.watching();
        if (broken) {
            audit.hurry();
        } else {
            audit.resume();
        }
    }

    @Override
    public boolean isWatching() {
        return watch != null && status.connected();
    }

    @Override
    public String watched() {
        return resourceVersion;
    }

    @Override
    public void touched(ObjectName name) {
        audit.touched(name);
    }

    @Override
    public void compared(Map<ObjectName, String> different) {
        status = status.audited(different.size());
        if (!different.isEmpty()) {
            log.diverged(different);
            listAnew();
        }
    }

    @Override
    public void wentBack(String text) {
        log.wentBack(text);
        listAnew();
    }

    @Override
    public void advanced(String version) {
        if (Versions.isBefore(version, resourceVersion)) {
            // A watch knows one direction, so this is not the API that we have heard so far.
            throw new ApiFailureException(new ApiFailure(
                    ApiFailure.Reason.GONE, "the API went back from version " + resourceVersion + " to " + version));
        }
        if (!version.isEmpty()) {
            resourceVersion = version;
        }
        fruitless = 0;
        backoff.reset();
        status = status.heard();
    }

    @Override
    public void ended() {
        watch = null;
        status = status.reconnecting("");
        if (watchedNanos() < SHORT_WATCH.toNanos()) {
            attemptAfter(backoff.next());
        } else {
            backoff.reset();
            attempt();
        }
    }

    @Override
    public void failed(ApiFailure failure) {
        list = null;
        watch = null;
        if (resource.isOptional() && resourceVersion.isEmpty() && goesWithout(failure)) {
            return;
        }
        if (failure.reason() == ApiFailure.Reason.FORBIDDEN && !status.synced() && resource.isDispensable()) {
            feed.changes().withheld(feed.kind());
        }
        boolean watched = status.connected();
        status = status.reconnecting(failure.text());
        // Where nothing changes, an API may have no bookmark to send, for hours (those on kine and dqlite).
        if (failure.reason() == ApiFailure.Reason.SILENT && watched) {
            log.silent(failure);
        } else {
            log.failed(failure);
        }
        forgetPlace(failure);
        renewCredentials(failure);
        Duration pause = shortened(backoff.next());
        attemptAfter(pause.compareTo(failure.retryAfter()) < 0 ? failure.retryAfter() : pause);
    }

    // As long as nothing was listed names get SERVFAIL or come from a snapshot, and one API has few servers like this
    // one.
    private Duration shortened(Duration pause) {
        boolean waitedFor = !status.synced() && !resource.isOptional();
        return waitedFor && pause.compareTo(FIRST_LIST_PAUSE) > 0 ? FIRST_LIST_PAUSE : pause;
    }

    // What is known stays in use until the list is complete.
    private void listAnew() {
        cancel();
        watch = null;
        status = status.reconnecting("");
        resourceVersion = "";
        attempt();
    }

    // Nobody shall wait for objects of an optional kind that a list was refused; true where that is all there is to do.
    private boolean goesWithout(ApiFailure failure) {
        boolean unknown = failure.reason() == ApiFailure.Reason.NOT_FOUND;
        // The API may refuse before it looks whether there is such a kind. What was read earlier stays.
        boolean forbidden = failure.reason() == ApiFailure.Reason.FORBIDDEN && !status.synced();
        if (unknown || forbidden) {
            feed.changes().listStarted(feed.kind());
            feed.changes().listFinished(feed.kind());
            status = status.listed();
        }
        if (unknown) {
            status = status.withoutKind(failure.text());
            log.failed(failure);
            attemptAfter(backoff.longest());
        }
        return unknown;
    }

    // After these the next attempt lists; the index keeps what it has until the list is complete.
    private void forgetPlace(ApiFailure failure) {
        switch (failure.reason()) {
            case GONE, MALFORMED, NOT_FOUND -> resourceVersion = "";
            case SILENT, REFUSED -> {
                // An API that was set back to an older state lets a watch wait for versions that are yet to come.
                if (++fruitless >= MAX_FRUITLESS) {
                    resourceVersion = "";
                }
            }
            case UNREACHABLE, UNTRUSTED, UNAUTHORIZED, FORBIDDEN -> {}
        }
    }

    private void renewCredentials(ApiFailure failure) {
        switch (failure.reason()) {
            case UNAUTHORIZED -> feed.client().renew(false);
            case UNTRUSTED -> feed.client().renew(true);
            case GONE, MALFORMED, SILENT, REFUSED, UNREACHABLE, FORBIDDEN, NOT_FOUND -> {}
        }
    }

    private void attemptAfter(Duration pause) {
        timer = thread.schedule(this::attempt, pause);
    }

    private long watchedNanos() {
        return System.nanoTime() - watchStartNanos;
    }
}
