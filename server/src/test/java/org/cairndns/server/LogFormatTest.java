package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private static String format(String message, Throwable thrown) {
        LogRecord line = new LogRecord(Level.SEVERE, message);
        line.setThrown(thrown);
        return new LogFormat().format(line);
    }

    private static String format(String message) {
        return new LogFormat().format(new LogRecord(Level.SEVERE, message));
    }

    @Test
    void format_controlCharacters_areEscaped() {
        assertThat(format("a\nb\r\u001b[31mred\u0000\u007f\u009b\t\u2028\u202e\u2066"))
                .isEqualTo("[ERROR] a\\u000ab\\u000d\\u001b[31mred\\u0000\\u007f\\u009b\\u0009\\u2028\\u202e\\u2066\n");
    }

    @Test
    void format_printableText_isLeftAsItIs() {
        assertThat(format("\"quoted\" name.example. Größe 名前 \\010"))
                .isEqualTo("[ERROR] \"quoted\" name.example. Größe 名前 \\010\n");
    }

    @Test
    void format_failureThatQuotesTheNetwork_isOneLine() {
        String text = format("panic", new IllegalStateException("got\n[ERROR] forged"));

        assertThat(text.lines()).hasSize(1);
        assertThat(text).contains("got\\u000a[ERROR] forged");
    }
}
