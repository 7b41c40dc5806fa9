package org.cairndns.kubernetes.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/**
 * One request to the API whose answer is worked on as it arrives, on the source's thread.
 *
 * <p>The HTTP client's threads only hand over: each piece of the body is asked for when the one before was worked on, so a slow
 * receiver slows the API down instead of filling memory. All fields but the last activity belong to the source's thread.
 */
final class ApiCall {
    private static final int MAX_REFUSAL_OCTETS = 16 << 10;

    /** What the JDK's client says of a connection that ended within, or in place of, a response. */
    private static final Pattern BROKEN_OFF = Pattern.compile(
            "chunked transfer encoding|fixed content-length|HTTP/1.1 header parser received no bytes|EOF reached|Connection reset");

    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(2);

    /**
     * The receiver of an answer: {@code started}, then {@code piece} any number of times, then {@code ended}; or
     * {@code failed} at any point instead of the next one. What it throws fails the call.
     */
    interface Listener {
        /** The API agrees (200), with a body of this media type. */
        void started(String mediaType);

        /** The next octets of the body. */
        void piece(ByteBuffer octets);

        /** The body is complete. */
        void ended();

        /** There will be no more. */
        void failed(ApiFailure failure);
    }

    /** What a call is told about its surroundings. */
    record Setting(SourceThread thread, JsonFactory json, Duration maxSilence, HeadListener headListener) {}

    /** The receiver of a status, or 0 when there was no answer. */
    @FunctionalInterface
    interface HeadListener {
        void head(int code);
    }

    private final Setting setting;
    private final Listener listener;
    private final OctetBuffer refusal = new OctetBuffer(MAX_REFUSAL_OCTETS);
    private int code;
    private Duration retryAfter = Duration.ZERO;
    private String authority = "";
    private boolean done;
    private SourceThread.@Nullable Timer silenceTimer;
    private @Nullable CompletableFuture<HttpResponse<Void>> future;
    private volatile long lastActivityNanos = System.nanoTime();

    ApiCall(Setting setting, Listener listener) {
        this.setting = setting;
        this.listener = listener;
    }

    /** Sends the request. */
    @SuppressWarnings("FutureReturnValueIgnored") // the stage after the listener has nothing to add
    void send(HttpClient http, HttpRequest request) {
        authority = request.uri().getAuthority();
        watchSilence(setting.maxSilence());
        CompletableFuture<HttpResponse<Void>> sent = http.sendAsync(request, this::bodyFor);
        future = sent;
        sent.whenComplete((response, failure) -> hand(() -> over(failure)));
    }

    /** Breaks the call off; the listener hears no more of it. */
    void cancel() {
        done = true;
        SourceThread.cancel(silenceTimer);
        if (future != null) {
            future.cancel(true);
        }
    }

    private HttpResponse.BodySubscriber<Void> bodyFor(HttpResponse.ResponseInfo info) {
        String after = info.headers().firstValue("Retry-After").orElse("");
        String mediaType = info.headers().firstValue("Content-Type").orElse("");
        hand(() -> head(info.statusCode(), after, mediaType));
        return new Body();
    }

    private void head(int statusCode, String after, String mediaType) {
        code = statusCode;
        retryAfter = retryAfter(after);
        setting.headListener().head(statusCode);
        if (code == 200) {
            listener.started(mediaType);
        }
    }

    private void piece(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (code == 200) {
                listener.piece(buffer);
            } else {
                keepRefusal(buffer);
            }
        }
    }

    private void keepRefusal(ByteBuffer buffer) {
        byte[] octets = new byte[Math.min(buffer.remaining(), MAX_REFUSAL_OCTETS - refusal.length())];
        buffer.get(octets);
        refusal.append(octets, 0, octets.length);
    }

    private void over(@Nullable Throwable failure) {
        if (failure != null) {
            if (code == 0) {
                setting.headListener().head(0);
            }
            fail(failureOf(failure, authority));
        } else if (code == 200) {
            listener.ended();
            finish();
        } else {
            String message = ApiStatus.messageIn(setting.json(), refusal);
            fail(ApiFailure.ofStatus(code, message, retryAfter));
        }
    }

    private void fail(ApiFailure failure) {
        cancel();
        listener.failed(failure);
    }

    private void finish() {
        done = true;
        SourceThread.cancel(silenceTimer);
    }

    private void watchSilence(Duration delay) {
        silenceTimer = setting.thread().schedule(this::checkSilence, delay);
    }

    private void checkSilence() {
        if (done) {
            return;
        }
        Duration silence = Duration.ofNanos(System.nanoTime() - lastActivityNanos);
        Duration left = setting.maxSilence().minus(silence);
        if (left.isPositive()) {
            watchSilence(left);
        } else {
            if (code == 0) {
                setting.headListener().head(0);
            }
            fail(new ApiFailure(ApiFailure.Reason.SILENT, "nothing arrived for " + silence.toMillis() + " ms"));
        }
    }

    // From any thread to the source's, where an exception fails this call and nothing else.
    private void hand(Runnable step) {
        lastActivityNanos = System.nanoTime();
        setting.thread().execute(() -> {
            if (done) {
                return;
            }
            try {
                step.run();
            } catch (ApiFailureException e) {
                fail(e.failure());
            } catch (MalformedBodyException | JacksonException e) {
                fail(new ApiFailure(ApiFailure.Reason.MALFORMED, "garbage instead of an answer: " + e.getMessage()));
            } catch (RuntimeException e) {
                fail(new ApiFailure(ApiFailure.Reason.MALFORMED, "unexpected failure: " + e));
                throw e;
            }
            lastActivityNanos = System.nanoTime();
        });
    }

    private static ApiFailure failureOf(Throwable failure, String authority) {
        Throwable cause = failure;
        if (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        ApiFailure.Reason reason =
                cause instanceof SSLException ? ApiFailure.Reason.UNTRUSTED : ApiFailure.Reason.UNREACHABLE;
        return new ApiFailure(reason, authority + ": " + words(cause));
    }

    // The JDK's client leaves out why a connection did not come about, and says in its own terms that one broke off.
    static String words(Throwable cause) {
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return cause.getCause() instanceof UnresolvedAddressException
                    ? "the name has no address"
                    : "no connection, nothing seems to listen there";
        }
        String message = cause.getMessage();
        if (cause.getClass() != IOException.class || message == null) {
            return cause.toString();
        }
        return BROKEN_OFF.matcher(message).lookingAt() ? "the connection broke off" : message;
    }

    private static Duration retryAfter(String seconds) {
        try {
            Duration wanted = Duration.ofSeconds(seconds.isEmpty() ? 0 : Math.max(0, Long.parseLong(seconds)));
            return wanted.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wanted;
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    // The body as the HTTP client hands it over.
    private final class Body implements HttpResponse.BodySubscriber<Void> {
        private final CompletableFuture<Void> complete = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            hand(() -> {
                piece(buffers);
                if (subscription != null) {
                    subscription.request(1);
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            complete.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            complete.complete(null);
        }

        @Override
        public CompletionStage<Void> getBody() {
            return complete;
        }
    }
}
