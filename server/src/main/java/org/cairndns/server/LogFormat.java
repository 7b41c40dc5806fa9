package org.cairndns.server;

import java.io.PrintStream;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Log lines as CoreDNS writes them: a level in brackets, the message, no time. */
final class LogFormat extends Formatter {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("org.cairndns");

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
        text.append('[').append(label(line.getLevel())).append("] ").append(formatMessage(line));
        for (Throwable cause = line.getThrown(); cause != null; cause = cause.getCause()) {
            text.append(": ").append(cause);
            StackTraceElement[] trace = cause.getStackTrace();
            for (int i = 0; i < Math.min(trace.length, 8); i++) {
                text.append(" <- ").append(trace[i]);
            }
        }
        return text.append('\n').toString();
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

        Lines(LogWriter writer) {
            this.writer = writer;
            setFormatter(new LogFormat());
        }

        @Override
        public void publish(LogRecord line) {
            if (isLoggable(line)) {
                writer.print(getFormatter().format(line));
            }
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
