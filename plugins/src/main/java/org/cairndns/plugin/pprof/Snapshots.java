package org.cairndns.plugin.pprof;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.cairndns.plugin.spi.HttpEndpoints.Page;

/** Pages that show the process as it is at the moment. */
final class Snapshots {
    private static final String DIAGNOSTICS = "com.sun.management:type=DiagnosticCommand";

    private Snapshots() {}

    /** All platform threads with their stacks. */
    static Page threads() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getName()))
                .forEach(entry -> thread(entry, text));
        return text(200, text.toString());
    }

    private static void thread(Map.Entry<Thread, StackTraceElement[]> entry, StringBuilder text) {
        Thread thread = entry.getKey();
        text.append('"').append(thread.getName()).append("\" #").append(thread.threadId());
        text.append(thread.isDaemon() ? " daemon " : " ")
                .append(thread.getState())
                .append('\n');
        for (StackTraceElement frame : entry.getValue()) {
            text.append("    at ").append(frame).append('\n');
        }
        text.append('\n');
    }

    /** Live objects by class, after a collection. */
    static Page heap() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(DIAGNOSTICS),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return text(200, String.valueOf(histogram));
        } catch (JMException e) {
            return text(503, "no histogram: " + e + "\n");
        }
    }

    private static Page text(int status, String body) {
        return new Page(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }
}
