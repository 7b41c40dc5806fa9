package org.cairndns.plugin.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cairndns.plugin.autopath.AutopathPlugin;
import org.cairndns.plugin.cache.CacheStore;
import org.cairndns.plugin.rewrite.RewritePlugin;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.ResponseReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a client may know is decided by the rules alone: whatever was asked before and by whom, whatever is cached, rewritten or found
 * along a search path.
 *
 * <p>Random Corefiles of {@code rewrite}, {@code autopath}, {@code acl} and {@code cache}, directives in any order, beside an oracle without
 * a memory. {@code -Dcairn.acl.cases=1000000} for the full size.
 */
class AclIndependenceTest {
    private static final int CASES = Integer.getInteger("cairn.acl.cases", 40_000);
    private static final int QUERIES_PER_COREFILE = 100;
    private static final String SUFFIX = "ns.svc.cluster.local.";

    /** Names end in one of these; those of odd length in their first label exist. */
    private static final String[] NAMES = {
        "a.example.",
        "bb.example.",
        "ccc.example.",
        "a.corp.example.",
        "dd.corp.example.",
        "a.other.",
        "secret.corp.example."
    };

    private static final String[] ZONES = {".", "example.", "corp.example.", "a.example.", "cluster.local.", "other."};
    private static final String[] NETS = {
        "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "192.0.2.0/24", "2001:db8::/32", "2001:db8::7", "*"
    };
    private static final String[] CLIENTS = {
        "10.1.2.3", "10.1.9.9", "10.2.0.1", "192.0.2.9", "2001:db8::7", "2001:db8::8", "198.51.100.1"
    };
    private static final String[] ACTIONS = {"allow", "block", "filter", "drop"};
    private static final String[] TYPES = {"A", "AAAA", "TXT"};

    @TempDir
    Path folder;

    private final long seed = Long.getLong("cairn.acl.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final int[] outcomes = new int[5];

    /** One line of an acl. */
    private record Line(String action, List<String> types, List<String> nets) {
        boolean fits(String client, String qtype) {
            return (types.isEmpty() || types.contains(qtype))
                    && (nets.isEmpty() || nets.stream().anyMatch(net -> isIn(client, net)));
        }

        String text() {
            return action
                    + (types.isEmpty() ? "" : " type " + String.join(" ", types))
                    + (nets.isEmpty() ? "" : " net " + String.join(" ", nets));
        }
    }

    /** One acl directive. */
    private record Rule(List<String> zones, List<Line> lines) {}

    /** What a Corefile says, for the oracle. */
    private record Config(List<Rule> rules, List<String[]> renames, boolean autopath) {}

    @Test
    void verdict_anyHistory_isThatOfTheRules() throws IOException {
        System.out.println("AclIndependenceTest: " + CASES + " cases, seed " + seed);
        Files.writeString(folder.resolve("resolv.conf"), "search ns.svc.cluster.local svc.cluster.local example\n");
        for (int done = 0; done < CASES; done += QUERIES_PER_COREFILE) {
            Config config = config();
            FakeServer server = new FakeServer(folder);
            String corefile = corefile(config);
            Plugin[] plugins = Stream.of(new RewritePlugin(), new AutopathPlugin(), new AclPlugin(), new CacheStore())
                    .filter(plugin -> corefile.contains("\n" + plugin.name() + " "))
                    .toArray(Plugin[]::new);
            FakeBlock block = new FakeBlock(server, corefile, plugins);
            assertThat(block.problems()).isEmpty();
            Handler chain = block.start().chain(AclIndependenceTest::upstream);
            for (int i = 0; i < QUERIES_PER_COREFILE; i++) {
                compare(config, chain, corefile);
                if (random.nextInt(10) == 0) {
                    server.scheduler().advance(Duration.ofSeconds(random.nextInt(40)));
                }
            }
        }
        // Answered, denied, refused, filtered, dropped: a test without one of them would show less.
        assertThat(outcomes).doesNotContain(0);
    }

    private void compare(Config config, Handler chain, String corefile) {
        String qname = name(config);
        String qtype = pick(TYPES);
        String client = pick(CLIENTS);
        Query query =
                Queries.of(qname, qtype, new InetSocketAddress(InetAddress.ofLiteral(client), 40_000), Queries.UDP);
        String expected = oracle(config, qname, qtype, client);
        assertThat(outcome(query, Queries.await(chain.handle(query))))
                .as("seed %d: %s asks for %s %s of\n%s", seed, client, qname, qtype, corefile)
                .isEqualTo(expected);
        outcomes[
                switch (expected) {
                    case "dropped" -> 0;
                    case "REFUSED []" -> 1;
                    case "NOERROR []" -> 2;
                    case "NXDOMAIN []" -> 3;
                    default -> 4;
                }]++;
    }

    /** What a client that walked its search path itself would be told, were there no cache. */
    private static String oracle(Config config, String asked, String qtype, String client) {
        String qname = asked;
        for (String[] rename : config.renames) {
            if (qname.equals(rename[0])) {
                qname = rename[1];
                break;
            }
        }
        if (!config.autopath || !qname.endsWith("." + SUFFIX)) {
            return verdict(config, qname, qtype, client);
        }
        String base = qname.substring(0, qname.length() - SUFFIX.length());
        String first = "";
        for (String suffix : List.of(SUFFIX, "svc.cluster.local.", "example.", "")) {
            String outcome = verdict(config, base + suffix, qtype, client);
            if (!outcome.startsWith("NXDOMAIN")) {
                return outcome;
            }
            first = first.isEmpty() ? outcome : first;
        }
        return first;
    }

    private static String verdict(Config config, String qname, String qtype, String client) {
        for (Rule rule : config.rules) {
            boolean concerned = rule.zones.stream()
                    .anyMatch(zone -> zone.equals(".") || qname.equals(zone) || qname.endsWith("." + zone));
            Line line = rule.lines.stream()
                    .filter(each -> each.fits(client, qtype))
                    .findFirst()
                    .orElse(null);
            if (concerned && line != null) {
                switch (line.action) {
                    case "block":
                        return "REFUSED []";
                    case "filter":
                        return "NOERROR []";
                    case "drop":
                        return "dropped";
                    default:
                        return answer(qname, qtype);
                }
            }
        }
        return answer(qname, qtype);
    }

    private static String answer(String qname, String qtype) {
        if (!exists(qname)) {
            return "NXDOMAIN []";
        }
        return qtype.equals("A") ? "NOERROR [" + address(qname).getHostAddress() + "]" : "NOERROR []";
    }

    private static boolean exists(String qname) {
        return qname.indexOf('.') % 2 == 1 && !qname.endsWith("cluster.local.");
    }

    private static InetAddress address(String qname) {
        int hash = qname.hashCode();
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 198, 18, (byte) (hash >> 8), (byte) hash});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** RCODE and addresses of a reply, which must be to the question that was asked. */
    private static String outcome(Query query, Reply reply) {
        return switch (reply) {
            case Reply.Dropped dropped -> "dropped";
            case Reply.Answered answered -> {
                List<String> addresses = new ArrayList<>();
                RecordCursor cursor = new RecordCursor(query.qname(), answered.response());
                while (cursor.next()) {
                    if (cursor.type() == Type.A) {
                        addresses.add(text(cursor.rdata()));
                    }
                }
                yield Rcode.text(answered.response().rcode()) + " " + addresses;
            }
            default -> reply.toString();
        };
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What forward would say: answers of an upstream, which the cache keeps. */
    private static Reply upstream(Query query) {
        try {
            Name qname = Name.fromString(query.qname().toString());
            Message message = new Message(7);
            message.getHeader().setFlag(Flags.QR);
            message.addRecord(Record.newRecord(qname, query.qtype(), query.qclass()), Section.QUESTION);
            String name = query.qname().toLowerCase().toString();
            if (!exists(name)) {
                message.getHeader().setRcode(org.xbill.DNS.Rcode.NXDOMAIN);
            }
            if (exists(name) && query.qtype() == Type.A) {
                message.addRecord(new ARecord(qname, 1, 20, address(name)), Section.ANSWER);
            } else {
                message.addRecord(
                        new SOARecord(Name.root, 1, 20, Name.root, Name.root, 1, 2, 3, 4, 20), Section.AUTHORITY);
            }
            return new Reply.Answered(ResponseReader.read(Unpooled.wrappedBuffer(message.toWire()), 7, query));
        } catch (IOException | BadMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isIn(String client, String net) {
        if (net.equals("*")) {
            return true;
        }
        String[] parts = net.split("/");
        byte[] address = InetAddress.ofLiteral(client).getAddress();
        byte[] base = InetAddress.ofLiteral(parts[0]).getAddress();
        int bits = parts.length == 1 ? 8 * base.length : Integer.parseInt(parts[1]);
        boolean same = address.length == base.length;
        for (int i = 0; same && i < bits; i++) {
            same = ((address[i / 8] ^ base[i / 8]) >> 7 - i % 8 & 1) == 0;
        }
        return same;
    }

    private Config config() {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<Line> lines = new ArrayList<>();
            for (int k = random.nextInt(3); k >= 0; k--) {
                lines.add(new Line(pick(ACTIONS), some(TYPES, 2), some(NETS, 2)));
            }
            rules.add(new Rule(some(ZONES, 2).isEmpty() ? List.of(".") : List.of(pick(ZONES)), lines));
        }
        List<String[]> renames = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            renames.add(new String[] {pick(NAMES), pick(NAMES)});
        }
        return new Config(rules, renames, random.nextBoolean());
    }

    private String corefile(Config config) {
        List<List<String>> groups = new ArrayList<>();
        groups.add(config.rules.stream()
                .map(rule -> "acl " + String.join(" ", rule.zones) + " {\n"
                        + String.join("\n", rule.lines.stream().map(Line::text).toList()) + "\n}")
                .toList());
        groups.add(config.renames.stream()
                .map(rename -> "rewrite name exact " + rename[0] + " " + rename[1])
                .toList());
        groups.add(config.autopath ? List.of("autopath resolv.conf") : List.of());
        groups.add(List.of(pick("cache 30", "cache {\n serve_stale 1h\n}", "cache {\n prefetch 1 1m\n}", "")));
        Collections.shuffle(groups, random);
        StringBuilder text = new StringBuilder(".:53 {\n");
        groups.forEach(
                group -> group.forEach(directive -> text.append(directive).append('\n')));
        return text.append("}\n").toString();
    }

    private String name(Config config) {
        String name = pick(NAMES);
        if (config.autopath && random.nextInt(3) == 0) {
            return (random.nextBoolean() ? name : name.substring(0, name.indexOf('.') + 1)) + SUFFIX;
        }
        return name;
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private List<String> some(String[] of, int most) {
        List<String> some = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(pick(of));
        }
        return some;
    }
}
