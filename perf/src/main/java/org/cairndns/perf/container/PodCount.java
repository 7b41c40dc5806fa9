package org.cairndns.perf.container;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** What the kernel of a node counts of one pod, by rules that are removed in the end. */
public final class PodCount {
    private final ServiceAddress node;
    private final List<String> queries;
    private final List<String> answers;

    /**
     * What it has counted.
     *
     * @param led queries over UDP that went out to the pod
     * @param answered answers that came from it, however late
     */
    public record Seen(long led, long answered) {
        static final Seen NOTHING = new Seen(0, 0);

        Seen plus(Seen more) {
            return new Seen(led + more.led, answered + more.answered);
        }

        /** Queries without an answer. */
        public long unanswered() {
            return led - answered;
        }
    }

    private PodCount(ServiceAddress node, String pod) {
        this.node = node;
        // Queries have the pod's address once rules of the Service have led them, answers until the kernel takes it
        // back.
        this.queries = List.of("POSTROUTING", "-d", pod + "/32", "-p", "udp", "-m", "udp", "--dport", "53");
        this.answers = List.of("PREROUTING", "-s", pod + "/32", "-p", "udp", "-m", "udp", "--sport", "53");
    }

    /** Counts from now on. */
    static PodCount start(ServiceAddress node, InetAddress pod) throws IOException {
        PodCount count = new PodCount(node, pod.getHostAddress());
        count.both("-A");
        return count;
    }

    /** What was counted until now, which is the end of it. */
    Seen end() throws IOException {
        Seen seen = new Seen(read("mangle", queries), read("raw", answers));
        both("-D");
        return seen;
    }

    private void both(String action) throws IOException {
        String rules = "*mangle\n%s %s\nCOMMIT\n*raw\n%s %s\nCOMMIT\n"
                .formatted(action, String.join(" ", queries), action, String.join(" ", answers));
        node.inNode(rules, "iptables-restore", "--noflush");
    }

    private long read(String table, List<String> rule) throws IOException {
        String end = "] -A " + String.join(" ", rule);
        return node.inNode("", "iptables-save", "-c", "-t", table)
                .lines()
                .filter(line -> line.endsWith(end))
                .mapToLong(line -> Long.parseLong(line.substring(1, line.indexOf(':'))))
                .findFirst()
                .orElseThrow(() -> new IOException("no rule '" + end + "' in the table " + table));
    }
}
