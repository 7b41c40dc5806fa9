package org.cairndns.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;

class ServerBlockTableTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 53);
    private static final ListenerInfo UDP = new ListenerInfo(Transport.UDP, "dns://:53", ADDRESS);

    private final List<ServerBlockTable.Entry> blocks = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    @Test
    void find_noFilters_longestZone() {
        add("root", ".", Optional.empty());
        add("example", "example.", Optional.empty());
        add("sub", "sub.example.", Optional.empty());

        assertThat(find("a.sub.example.", RecordType.A)).isEqualTo("sub");
        assertThat(find("asub.example.", RecordType.A)).isEqualTo("example");
        assertThat(find("other.", RecordType.A)).isEqualTo("root");
        assertThat(find(".", RecordType.A)).isEqualTo("root");
    }

    @Test
    void find_filtersOnOneZone_firstThatTakesTheQuery() {
        add("never", "example.", Optional.of(query -> false));
        add("mx", "example.", Optional.of(query -> query.qtype() == RecordType.MX));
        add("rest", "example.", Optional.empty());
        add("unreached", "example.", Optional.of(query -> true));

        assertThat(find("a.example.", RecordType.MX)).isEqualTo("mx");
        assertThat(find("a.example.", RecordType.A)).isEqualTo("rest");
        assertThat(find("a.other.", RecordType.A)).isEqualTo("none");
    }

    @Test
    void find_noFilterTakesTheQuery_blockOfTheParentZone() {
        add("never", "sub.example.", Optional.of(query -> false));
        add("alsoNever", "example.", Optional.of(query -> false));
        add("root", ".", Optional.empty());

        assertThat(find("a.sub.example.", RecordType.A)).isEqualTo("root");
    }

    @Test
    void find_noBlockTakesTheQuery_none() {
        add("never", ".", Optional.of(query -> false));

        assertThat(find("a.example.", RecordType.A)).isEqualTo("none");
        assertThat(find(".", RecordType.DS)).isEqualTo("none");
    }

    @Test
    void find_ds_firstThatTakesItOfTheLeastSpecificZoneButTheRoot() {
        add("sub", "sub.example.", Optional.empty());
        add("never", "example.", Optional.of(query -> false));
        add("view", "example.", Optional.of(query -> true));
        add("rest", "example.", Optional.empty());
        add("root", ".", Optional.empty());

        assertThat(find("sub.example.", RecordType.DS)).isEqualTo("view");
        assertThat(find("sub.example.", RecordType.A)).isEqualTo("sub");
        assertThat(find("other.", RecordType.DS)).isEqualTo("root");
    }

    @Test
    void find_ds_noFilters_leastSpecificZoneButTheRoot() {
        add("sub", "sub.example.", Optional.empty());
        add("example", "example.", Optional.empty());
        add("root", ".", Optional.empty());

        assertThat(find("sub.example.", RecordType.DS)).isEqualTo("example");
        assertThat(find("other.", RecordType.DS)).isEqualTo("root");
    }

    private void add(String name, String zone, Optional<Predicate<Query>> filter) {
        Handler handler = query -> Reply.Dropped.INSTANCE;
        blocks.add(new ServerBlockTable.Entry(
                DomainName.of(zone), Optional.of(handler), ServerBlockTable.NO_NOTIFY, false, filter));
        names.add(name);
    }

    private String find(String qname, int qtype) {
        ServerBlockTable.Entry found =
                new ServerBlockTable(blocks, false).find(Query.of(DomainName.of(qname), qtype, ADDRESS, UDP));
        return found == null ? "none" : names.get(blocks.indexOf(found));
    }
}
