package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program in C against glibc: Triton, Ray, PostgreSQL, and all of Debian. */
class GlibcClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return List.of(compiled("gcc", work).toString());
    }

    /** The program {@code lookup.c}, compiled by this compiler. */
    static Path compiled(String compiler, Path work, String... options) throws Exception {
        assumeTrue(Programs.present(compiler), "the compiler " + compiler + " is not installed");
        Path program = work.resolve("lookup-" + compiler);
        List<String> command = new ArrayList<>(List.of(compiler, "-O1", "-o", program.toString()));
        command.addAll(List.of(options));
        command.add(Resource.copy("lookup.c", work).toString());
        Programs.run(command.toArray(String[]::new)).requireSuccess();
        return program;
    }

    /** What {@code dnsConfig} of a pod adds against lost pairs, to leave AAAA out, or to ask with EDNS. */
    @ParameterizedTest
    @ValueSource(strings = {"single-request", "single-request-reopen", "no-aaaa", "edns0 trust-ad"})
    void optionsOfAPod_sameAddresses(String options) throws Exception {
        Pod special = homelab().client("data");
        special.file("resolv.conf", special.resolvConf().replace("ndots:5", "ndots:5 " + options));
        String program = work.resolve("lookup-gcc").toString();
        try (Conversation client = Conversation.with(special, List.of(program))) {
            for (String name : List.of("postgresql", "ext-in.networking")) {
                Conversation.Seen seen = client.ask("any", name);
                assertThat(seen.items()).as("%s", seen).containsExactly("10.152.183.40");
                assertThat(seen.millis()).as("%s", seen).isLessThan(maxMillis());
            }
            assertThat(client.ask("any", "www.example.com").items())
                    .contains("203.0.113.11")
                    .hasSize(options.equals("no-aaaa") ? 1 : 2);
            assertThat(client.ask("any", "nowhere.monitoring").verdict()).isEqualTo("none");
        }
    }

    @Test
    void useVc_asksOverTcpOnly() throws Exception {
        assertOverTcp(homelab(), List.of(work.resolve("lookup-gcc").toString()));
    }

    /** A pod whose {@code resolv.conf} says {@code use-vc}: the client must not send a datagram. */
    static void assertOverTcp(Homelab homelab, List<String> command) throws Exception {
        Pod stream = homelab.client("data");
        stream.file("resolv.conf", stream.resolvConf().replace("ndots:5", "ndots:5 use-vc"));
        long datagrams = homelab.queriesOver("udp");
        long messages = homelab.queriesOver("tcp");
        try (Conversation client = Conversation.with(stream, command)) {
            assertThat(client.ask("any", "wide.clients").items()).hasSize(Homelab.WIDE);
            assertThat(client.ask("any", "api.example.com").items()).containsExactly("203.0.113.10");
        }
        assertThat(homelab.queriesOver("udp")).isEqualTo(datagrams);
        assertThat(homelab.queriesOver("tcp")).isGreaterThan(messages);
    }
}
