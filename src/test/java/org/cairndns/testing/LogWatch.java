package org.cairndns.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class during which a line of the log told of an exception. */
public final class LogWatch implements BeforeAllCallback, AfterAllCallback {
    private static final Pattern EXCEPTION = Pattern.compile("Recovered from|Exception|Throwable|[a-z]Error\\b");

    private final Logger logger = Logger.getLogger("");
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getThrown() != null
                    || EXCEPTION.matcher(record.getMessage()).find()) {
                lines.add(record.getLoggerName() + ": " + record.getMessage() + " " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void beforeAll(ExtensionContext context) {
        logger.addHandler(collector);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        logger.removeHandler(collector);
        assertThat(lines).isEmpty();
    }
}
