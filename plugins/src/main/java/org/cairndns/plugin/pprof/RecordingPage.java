package org.cairndns.plugin.pprof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;

/** Page that is a flight recording of the seconds after it was asked for. */
final class RecordingPage implements Responder {
    static final int MIN_SECONDS = 1;
    static final int MAX_SECONDS = 120;
    static final int USUAL_SECONDS = 30;

    private static final String SECONDS = "seconds=";

    private final Recorder recorder;
    private final Optional<Duration> block;

    RecordingPage(Recorder recorder, Optional<Duration> block) {
        this.recorder = recorder;
        this.block = block;
    }

    @Override
    public Page get() {
        return get("");
    }

    @Override
    public Page get(String query) {
        Optional<Integer> seconds = seconds(query);
        if (seconds.isEmpty()) {
            return text(400, "bad seconds, expected a number from " + MIN_SECONDS + " to " + MAX_SECONDS);
        }
        try {
            return recorder.record(Duration.ofSeconds(seconds.get()), block)
                    .map(recording -> new Page(200, "application/octet-stream", recording))
                    .orElseGet(() -> text(409, "another recording is under way, or the server is stopping"));
        } catch (IOException e) {
            return text(503, "no recording: " + e.getMessage() + "; it needs a folder for temporary files");
        }
    }

    private static Optional<Integer> seconds(String query) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(SECONDS)) {
                return number(parameter.substring(SECONDS.length()));
            }
        }
        return Optional.of(USUAL_SECONDS);
    }

    private static Optional<Integer> number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < MIN_SECONDS || number > MAX_SECONDS ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Page text(int status, String message) {
        return new Page(status, "text/plain; charset=utf-8", (message + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
