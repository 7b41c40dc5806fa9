package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LogWriterTest {
    @Test
    void flush_afterLines_allAreThereInOrder() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogWriter writer = LogWriter.start(new PrintStream(out, true, StandardCharsets.UTF_8));

        writer.print("one\n");
        writer.print("two\n");
        writer.flush();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
    }

    @Test
    @Timeout(30)
    void print_readerStandsStill_neverWaitsAndSaysWhatWasLost() {
        StuckStream out = new StuckStream();
        LogWriter writer = LogWriter.start(new PrintStream(out, true, StandardCharsets.UTF_8));
        int lines = LogWriter.CAPACITY + 2_000;

        for (int i = 0; i < lines; i++) {
            writer.print("line " + i + "\n");
        }
        out.open.countDown();
        writer.flush();
        writer.print("last\n");
        writer.flush();

        String text = out.toString();
        assertThat(text).startsWith("line 0\n").contains(" log lines dropped: ").endsWith("last\n");
        long kept = text.lines().filter(line -> line.startsWith("line ")).count();
        long dropped = text.lines()
                .filter(line -> line.startsWith("[WARNING] "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .sum();
        assertThat(kept + dropped).isEqualTo(lines);
        assertThat(dropped).isPositive();
    }

    /** A pipe whose reader does not read yet. */
    private static final class StuckStream extends OutputStream {
        final CountDownLatch open = new CountDownLatch(1);
        private final ByteArrayOutputStream got = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            synchronized (got) {
                got.write(octets, from, length);
            }
        }

        @Override
        public String toString() {
            synchronized (got) {
                return got.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
