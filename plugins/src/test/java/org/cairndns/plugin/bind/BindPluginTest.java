package org.cairndns.plugin.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;

class BindPluginTest {
    private static final Map<String, List<InetAddress>> INTERFACES = Map.of(
            "eth0", List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
            "lo", List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));

    @Test
    void setup_addressesAndInterfacesOnSeveralLines_addUpWithoutDoubles() {
        assertThat(addresses("bind 127.0.0.1 ::1\nbind eth0 127.0.0.1"))
                .containsExactly("127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void setup_except_leavesAddressesAndInterfacesOut() {
        assertThat(addresses("bind eth0 lo {\n except 192.0.2.1\n except lo\n}"))
                .containsExactly("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void setup_loopbackOfThisMachine_isFoundByName() {
        FakeBlock block = new FakeBlock(new FakeServer(), ".:53 {\nbind lo\n}\n", new BindPlugin());

        assertThat(block.problems()).isEmpty();
        assertThat(block.settings().bindAddresses()).contains(InetAddress.ofLiteral("127.0.0.1"));
    }

    @Test
    void setup_rejectedValues_areProblemsAtTheirPlace() {
        assertThat(block("bind").problems())
                .containsExactly("Corefile:2:1: wrong number of arguments for 'bind', expected at least 1, got 0");
        assertThat(block("bind 127.0.0.1 eth7").problems())
                .containsExactly("Corefile:2:16: bad value for 'bind', expected an IP address or the name of a network"
                        + " interface with one, got 'eth7'");
        assertThat(block("bind lo {\n except\n}").problems())
                .containsExactly("Corefile:3:2: wrong number of arguments for 'except', expected at least 1, got 0");
        assertThat(block("bind lo {\n without ::1\n}").problems())
                .containsExactly("Corefile:3:2: unknown property 'without' of 'bind', expected one of except");
        assertThat(block("bind lo {\n except 127.0.0.1 ::1\n}").problems())
                .containsExactly("Corefile:2:1: 'except' leaves no address to listen on, expected at least one");
    }

    private static List<String> addresses(String directives) {
        FakeBlock block = block(directives);
        assertThat(block.problems()).isEmpty();
        return block.settings().bindAddresses().stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }

    private static FakeBlock block(String directives) {
        BindPlugin plugin = new BindPlugin(name -> INTERFACES.getOrDefault(name, List.of()));
        return new FakeBlock(new FakeServer(), ".:53 {\n" + directives + "\n}\n", plugin);
    }
}
