package org.cairndns.server;

import java.io.PrintStream;
import java.util.HexFormat;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Log lines as CoreDNS writes them: a level in brackets, the message, no time.
 *
 * <p>Control characters are written as <code>\\u001b</code> or the like, whatever a message is made of: no client can begin a line, or
 * move the reader's cursor.
 */
final class LogFormat extends Formatter {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("org.cairndns");

    private static final String PLUGIN = "plugin/";
    private static final int MAX_PLUGIN_CHARACTERS = 40;

    /** Sends all log lines to a stream, by the thread that is returned. */
    static LogWriter install(PrintStream out) {
        LogWriter writer = LogWriter.start(out);
        LogManager.getLogManager().reset();
        ROOT.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        ROOT.addHandler(new Lines(writer));
        return writer;
    }

    /** Sends all log lines nowhere. */
    static void silence() {
        LogManager.getLogManager().reset();
        ROOT.setLevel(Level.OFF);
        OURS.setLevel(Level.OFF);
    }

    /** Turns debug lines of this server on or off. */
    static void debug(boolean wanted) {
        OURS.setLevel(wanted ? Level.FINE : Level.INFO);
    }

    @Override
    public String format(LogRecord line) {
        StringBuilder text = new StringBuilder(96);
        text.append('[').append(label(line.getLevel())).append("] ");
        append(text, formatMessage(line));
        for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
            append(text.append(": "), cause.toString());
            StackTraceElement[] trace = cause.getStackTrace();
            for (int i = 0; i < Math.min(trace.length, 8); i++) {
                text.append(" <- ").append(trace[i]);
            }
        }
        return text.append('\n').toString();
    }

    private static void append(StringBuilder text, String message) {
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            if (isControl(c)) {
                text.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                text.append(c);
            }
        }
    }

    /** True for what ends a line, steers a terminal, or turns the direction of what follows. */
    private static boolean isControl(char c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }

    private static String label(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static final class Lines extends Handler {
        private final LogWriter writer;
        private final LineBudget budget = new LineBudget(System::nanoTime);

        Lines(LogWriter writer) {
            this.writer = writer;
            setFormatter(new LogFormat());
            // Has its classes there before a process is out of file descriptors to read them by.
            budget.take("");
        }

        @Override
        public void publish(LogRecord line) {
            if (!isLoggable(line)) {
                return;
            }
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                String part = part(line);
                long leftOut = budget.take(part);
                if (leftOut < 0) {
                    return;
                }
                if (leftOut > 0) {
                    writer.print("[WARNING] " + leftOut + " lines of " + part + " left out, there are too many\n");
                }
            }
            writer.print(getFormatter().format(line));
        }

        /** The part of the server that a line comes from: {@code plugin/errors}, or the name of its logger. */
        private static String part(LogRecord line) {
            String message = String.valueOf(line.getMessage());
            int colon = message.startsWith(PLUGIN) ? message.indexOf(':') : -1;
            return colon > 0 && colon < MAX_PLUGIN_CHARACTERS
                    ? message.substring(0, colon)
                    : String.valueOf(line.getLoggerName());
        }

        @Override
        public void flush() {
            writer.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
