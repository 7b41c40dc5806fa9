package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.plugin.log.LogPlugin;
import org.cairndns.plugin.metadata.MetadataPlugin;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.testing.Await;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class ExternalPluginTest {
    private static final String OBJECTS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
             spec: {clusterIP: 10.96.0.1, ports: [{name: http, port: 80}], externalIPs: [192.0.2.1]},
             status: {loadBalancer: {ingress: [{ip: 192.0.2.2}]}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: balanced, namespace: shop},
             spec: {clusterIP: 10.96.0.2, ports: [{port: 80}]},
             status: {loadBalancer: {ingress: [{hostname: lb.example.net}]}}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: front}},
             status: {podIP: 10.1.2.3}}
            """;

    @TempDir
    private Path folder;

    private FakeServer server;

    @BeforeEach
    void writeObjects() throws IOException {
        server = new FakeServer(folder);
        Files.writeString(Files.createDirectory(folder.resolve("objects")).resolve("all.yaml"), OBJECTS);
    }

    @Test
    void query_externalAddresses_answered() {
        assertThat(ask("k8s_external example.org", "web.shop.example.org."))
                .containsExactly("web.shop.example.org. 5 IN A 192.0.2.1", "web.shop.example.org. 5 IN A 192.0.2.2");
        assertThat(ask("k8s_external example.org {\nttl 60\n}", "web.shop.example.org."))
                .contains("web.shop.example.org. 60 IN A 192.0.2.1");
    }

    @Test
    void query_loadBalancerWithAName_itsAddressesBehindTheAlias() {
        assertThat(ask("k8s_external example.org", "balanced.shop.example.org."))
                .containsExactly(
                        "balanced.shop.example.org. 5 IN CNAME lb.example.net.", "lb.example.net. 5 IN A 192.0.2.99");
    }

    @Test
    void query_apexLabel_isThatOfTheOption() {
        assertThat(rcode("k8s_external example.org {\napex auth\n}", "auth.example.org."))
                .isEqualTo(Rcode.NOERROR);
        assertThat(rcode("k8s_external example.org {\napex auth\n}", "dns.example.org."))
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void query_unknownName_fallsThroughWhereTheOptionSaysSo() {
        assertThat(rcode("k8s_external example.org", "nope.shop.example.org.")).isEqualTo(Rcode.NXDOMAIN);
        assertThat(rcode("k8s_external example.org {\nfallthrough\n}", "nope.shop.example.org."))
                .isEqualTo(Rcode.NOTIMP);
        assertThat(rcode("k8s_external example.org {\nfallthrough other.org\n}", "nope.shop.example.org."))
                .isEqualTo(Rcode.NXDOMAIN);
        assertThat(rcode("k8s_external example.org", "a.example.com.")).isEqualTo(Rcode.NOTIMP);
    }

    @Test
    void metadata_labelOfTheClient_isKeptOnlyWhenSomeoneUsesIt() {
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = new FakeBlock(
                    server,
                    corefile("metadata\nlog . \"{/kubernetes/client-label/app} {/kubernetes/client-pod-name}\""),
                    new MetadataPlugin(),
                    new LogPlugin(),
                    new KubernetesPlugin());
            Handler chain = started(block);
            chain.handle(Queries.of("web.shop.svc.cluster.local.", "A"));
            block.stop();

            assertThat(log.lines()).contains("INFO front client");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            k8s_external;k8s_external          | 3:1 | 'k8s_external' given twice, expected once per server block
            k8s_external {;ttl x;}             | 3:5 | bad value for 'ttl', expected an integer from 0 to 3600, got 'x'
            k8s_external {;ttl 3601;}          | 3:5 | bad value for 'ttl', expected an integer from 0 to 3600, got '3601'
            k8s_external {;ttl;}               | 3:1 | wrong number of arguments for 'ttl', expected 1, got 0
            k8s_external {;apex;}              | 3:1 | wrong number of arguments for 'apex', expected 1, got 0
            k8s_external {;apex a.b;}          | 3:6 | bad value for 'apex', expected one label such as 'dns', got 'a.b'
            k8s_external {;headless x;}        | 3:10 | wrong number of arguments for 'headless', expected none, got 1
            k8s_external {;tll 5;}             | 3:1 | unknown property 'tll' of 'k8s_external', expected one of apex, ttl, headless, fallthrough, did you mean 'ttl'?
            """)
    void setup_wrongUse_isAProblemAtItsPlace(String directives, String position, String message) {
        assertThat(block(directives.replace(';', '\n')).problems())
                .containsExactly("Corefile:" + position + ": " + message);
    }

    @Test
    void setup_withoutKubernetes_isAProblem() {
        assertThat(new FakeBlock(server, ". {\nk8s_external\n}\n", new ExternalPlugin()).problems())
                .containsExactly("Corefile:2:1: 'k8s_external' needs the directive 'kubernetes' in the same server"
                        + " block, got none");
    }

    private List<String> ask(String directive, String qname) {
        return Queries.records(message(directive, qname), Section.ANSWER);
    }

    private int rcode(String directive, String qname) {
        return message(directive, qname).getRcode();
    }

    private Message message(String directive, String qname) {
        FakeBlock block = block(directive);
        assertThat(block.problems()).isEmpty();
        block.resolver(query -> new Reply.Answered(new ResponseBuilder(query.qname())
                .address(org.cairndns.wire.Section.ANSWER, query.qname(), 5, new byte[] {(byte) 192, 0, 2, 99})
                .build()));
        Query query = Queries.of(qname, "A");
        Message message = Queries.render(query, started(block).handle(query));
        block.stop();
        return message;
    }

    private static Handler started(FakeBlock block) {
        assertThat(block.problems()).isEmpty();
        block.start();
        Await.until("the objects are read", block::isReady);
        return block.chain(query -> new Reply.Answered(Response.bare(Rcode.NOTIMP)));
    }

    private static String corefile(String directives) {
        return ". {\n" + directives + "\nkubernetes cluster.local {\nmanifests objects\npods verified\n}\n}\n";
    }

    private FakeBlock block(String directives) {
        return new FakeBlock(server, corefile(directives), new ExternalPlugin(), new KubernetesPlugin());
    }
}
