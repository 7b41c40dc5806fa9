package org.cairndns.plugin.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.log.LogPlugin;
import org.cairndns.plugin.rewrite.RewritePlugin;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.template.TemplatePlugin;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataPluginTest {
    private static final Query WEB = Queries.of("Web.example.", "A");

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();
    private final Provider provider = new Provider();
    private final List<Query> asked = new ArrayList<>();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void label_ofAProvider_isInTheLog() {
        ask("metadata\nlog . \"{/us/client} {name}\"", WEB);

        assertThat(log.lines()).containsExactly("INFO 10.1.2.3 web.example.");
    }

    @Test
    void label_notedWhileTheQueryIsAnswered_isInTheLogAfterwards() {
        ask("metadata\nlog . \"[{/us/answerer}]\"", WEB);

        assertThat(log.lines()).containsExactly("INFO [final]");
    }

    @Test
    void label_pendingReply_isNotedTillItComes() {
        Reply.Pending pending = new Reply.Pending();
        FakeBlock block = block("metadata\nlog . \"[{/us/answerer}]\"");
        Reply reply = block.chain(query -> {
                    asked.add(query);
                    return pending;
                })
                .handle(WEB);

        provider.answerer.set(asked.getFirst(), "late");
        pending.complete(new Reply.Answered(Response.bare(Rcode.NOERROR)));

        assertThat(Queries.await(reply)).isInstanceOf(Reply.Answered.class);
        assertThat(log.lines()).containsExactly("INFO [late]");
    }

    @ParameterizedTest
    @CsvSource({
        "metadata, 10.1.2.3 final",
        "metadata ., 10.1.2.3 final",
        "metadata example, 10.1.2.3 final",
        "metadata other, - final",
        "'', - -",
    })
    void zones_sourcesAreAskedForNamesBelow_notesAreThereForAll(String directive, String expected) {
        ask(directive + "\nlog . \"{/us/client} {/us/answerer}\"", WEB);

        assertThat(log.lines()).containsExactly("INFO " + expected);
    }

    @Test
    void label_emptyText_isEmptyAndMissingOneIsADash() {
        ask("metadata\nlog . \"[{/us/empty}] [{/us/none}] [{/us/nobody}]\"", WEB);

        assertThat(log.lines()).containsExactly("INFO [] [-] [-]");
    }

    @Test
    void label_afterRewrite_isOfTheNameAsItCameIn() {
        ask(
                "metadata\nrewrite continue name web.example. other.test.\n"
                        + "rewrite edns0 local set 0xfff0 {us/name}\nlog . {/us/name}",
                WEB);

        assertThat(option(asked.getFirst())).isEqualTo("fff0:web.example.");
        assertThat(asked.getFirst().qname()).hasToString("other.test.");
        assertThat(log.lines()).containsExactly("INFO web.example.");
    }

    @ParameterizedTest
    @CsvSource({"{us/none}, ''", "{us/empty}, ''", "{us/client}, fff0:10.1.2.3"})
    void rewrite_labelWithoutValue_ruleIsNotForTheQuery(String variable, String expected) {
        ask("metadata\nrewrite edns0 local set 0xfff0 " + variable, WEB);

        assertThat(option(asked.getFirst())).isEqualTo(expected);
    }

    @Test
    void template_asksByLabel() {
        String record = "\"{{ .Name }} 5 TXT {{ .Meta \\\"us/client\\\" }}{{ .Meta \\\"no/such\\\" }}\"";
        FakeBlock block = block("metadata\ntemplate ANY ANY {\nanswer " + record + "\n}");
        Query query = Queries.of("a.example.", "TXT");

        Reply reply = block.chain(this::answer).handle(query);

        assertThat(Queries.records(Queries.render(query, reply), 1)).containsExactly("a.example. 5 IN TXT 10.1.2.3");
    }

    @Test
    void source_nobodyUses_isNotAskedAndTheQueryStaysAsItIs() {
        ask("metadata\nlog . {name}", WEB);

        assertThat(provider.calls).hasValue(0);
        assertThat(asked.getFirst()).isSameAs(WEB);
    }

    @Test
    void source_used_isAskedOnlyWhenTheLineIsWritten() {
        ask("metadata\nlog . {/us/client} {\nclass denial\n}", WEB);

        assertThat(provider.calls).hasValue(0);
    }

    @Test
    void value_ofAFamily_isMadeForTheRestOfTheLabel() {
        ask("metadata\nlog . \"{/us/label/app.example/name} {/us/label/}\"", WEB);

        assertThat(log.lines()).containsExactly("INFO <app.example/name> <>");
    }

    @Test
    void usedBelow_prefix_givesTheRestsOfUsedLabels() {
        Metadata used = block("metadata\nlog . \"{/us/label/b} {/us/label/a} {/us/client}\"")
                .settings()
                .metadata();

        assertThat(used.usedBelow("us/label/").orElseThrow()).containsExactly("a", "b");
        assertThat(block("template ANY ANY {\nanswer \"{{ .Meta .Name }}\"\n}")
                        .settings()
                        .metadata()
                        .usedBelow("us/label/"))
                .isEmpty();
    }

    @Test
    void innerQuery_takesNoNotesOfTheOuterOne() {
        Query outer = WEB.withNotes();
        outer.inner(WEB.qname(), 1).note("a/b", "inner");
        assertThat(outer.noted("a/b")).isEmpty();
        assertThat(outer.inner(WEB.qname(), 1).original().depth()).isEqualTo(1);
    }

    @Test
    void note_severalQueriesOfOne_shareIt() {
        Query outer = WEB.withNotes();
        Query changed = outer.withAuthenticData().withListener(Queries.TCP).withRecursionDesired(false);

        changed.note("a/b", "one");
        changed.note("c/d", "other");
        outer.note("a/b", "two");

        assertThat(outer.noted("a/b")).isEqualTo("two");
        assertThat(outer.noted("c/d")).isEqualTo("other");
        assertThat(outer.noted("e/f")).isEmpty();
        assertThat(changed.original()).isSameAs(WEB);
    }

    @Test
    void setup_labelNobodyProvides_isWarnedOf() {
        assertThat(warnings("metadata\nlog . {/us/clien}"))
                .containsExactly("Corefile:3:7: 'us/clien' stays empty, no plugin of this server block provides it,"
                        + " did you mean 'us/client'?");
        assertThat(warnings("log . {/us/client}"))
                .containsExactly(
                        "Corefile:2:7: 'us/client' stays empty without the directive 'metadata' in this server block");
        assertThat(warnings("metadata\nlog . \"{/us/client} {/us/answerer} {/us/label/x} {/log/type}\""))
                .isEmpty();
    }

    @Test
    void setup_wrongUse_isAProblemAtItsPlace() {
        assertThat(block("metadata\nmetadata").problems())
                .containsExactly("Corefile:3:1: 'metadata' given twice, expected once per server block");
        assertThat(block("metadata {\n}").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'metadata' on a line of its own, got '{'");
    }

    @Test
    void log_typeAndClass_areThoseOfTheResponse() {
        ask("metadata\nlog . \"{/log/type} {/log/class}\"", WEB);
        block("metadata\nlog . \"{/log/type} {/log/class}\"")
                .chain(query -> new Reply.Failed(Rcode.SERVFAIL, "x"))
                .handle(WEB);
        block("metadata\nlog . \"{/log/type} {/log/class}\"")
                .chain(query -> Reply.Dropped.INSTANCE)
                .handle(WEB);

        assertThat(log.lines())
                .containsExactly("INFO NOERROR success", "INFO SERVERERROR error", "INFO OTHERERROR error");
    }

    private List<String> warnings(String directives) {
        FakeBlock block = block(directives);
        block.chain(this::answer);
        return block.warnings();
    }

    private void ask(String directives, Query query) {
        FakeBlock block = block(directives);
        assertThat(block.problems()).isEmpty();
        block.chain(this::answer).handle(query);
    }

    private Reply answer(Query query) {
        asked.add(query);
        provider.answerer.set(query, "first");
        provider.answerer.set(query, "final");
        return new Reply.Answered(Response.bare(Rcode.NOERROR));
    }

    private static String option(Query query) {
        byte[] options = query.edns().options();
        return options.length == 0
                ? ""
                : "%02x%02x:%s"
                        .formatted(
                                options[0],
                                options[1],
                                new String(options, 4, options.length - 4, StandardCharsets.US_ASCII));
    }

    private FakeBlock block(String directives) {
        return new FakeBlock(
                server,
                "example. {\n" + directives + "\nus\n}\n",
                optional(new MetadataPlugin()),
                optional(new LogPlugin()),
                optional(new RewritePlugin()),
                optional(new TemplatePlugin()),
                provider);
    }

    /** A plugin that is set up only if its directive is there, as in the server. */
    private static Plugin optional(Plugin plugin) {
        return new Plugin() {
            @Override
            public String name() {
                return plugin.name();
            }

            @Override
            public void setup(List<Directive> occurrences, BlockContext context, Problems problems)
                    throws CorefileException {
                if (!occurrences.isEmpty()) {
                    plugin.setup(occurrences, context, problems);
                }
            }
        };
    }

    /** The directive {@code us}, which tells about queries. */
    private static final class Provider implements Plugin {
        private final AtomicInteger calls = new AtomicInteger();
        private Metadata.Note answerer = new Metadata().note("unset");

        @Override
        public String name() {
            return "us";
        }

        @Override
        public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
            Metadata metadata = context.settings().metadata();
            metadata.provide("us/client", this::client);
            metadata.provide(
                    "us/name", query -> Optional.of(query.qname().toLowerCase().toString()));
            metadata.provide("us/empty", query -> Optional.of(""));
            metadata.provide("us/none", query -> Optional.empty());
            metadata.provideAll("us/label/", rest -> query -> Optional.of("<" + rest + ">"));
            answerer = metadata.note("us/answerer");
        }

        private Optional<String> client(Query query) {
            calls.incrementAndGet();
            InetSocketAddress client = query.client();
            InetAddress address = client.getAddress();
            return Optional.of(address.getHostAddress());
        }
    }
}
