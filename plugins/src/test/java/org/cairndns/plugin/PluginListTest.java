package org.cairndns.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairndns.corefile.Change;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Severity;
import org.junit.jupiter.api.Test;

class PluginListTest {
    /** Order of CoreDNS 1.14.7, plugin.cfg. */
    private static final List<String> COREDNS = List.of("""
            root metadata geoip cancel proxyproto quic grpc_server https https3 timeouts multisocket reload nsid \
            bufsize bind debug trace ready health pprof shed prometheus errors log dnstap local dns64 any chaos \
            loadbalance tsig rewrite autopath acl cache header dnssec tls minimal template transfer hosts route53 \
            azure clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc erratic whoami on sign \
            view nomad""".split(" "));

    private final PluginList list = PluginList.builtIn();

    @Test
    void names_butForCacheAndView_areInTheOrderOfCoreDns() {
        List<String> ours = new ArrayList<>(list.names());
        ours.removeAll(List.of("cache", "view"));
        List<String> theirs = new ArrayList<>(COREDNS);
        theirs.retainAll(ours);

        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void cache_keepsAnswersBelowLiveSourcesAndLimitsTtlsAboveThem() {
        List<String> places =
                list.plugins().stream().map(plugin -> plugin.name()).toList();

        assertThat(places.indexOf("cache")).isLessThan(places.indexOf("kubernetes"));
        assertThat(places.lastIndexOf("cache"))
                .isGreaterThan(places.indexOf("kubernetes"))
                .isLessThan(places.indexOf("forward"));
    }

    @Test
    void directive_ofCoreDns_isBuiltInOrUnsupported() {
        Set<String> names = list.names();

        assertThat(COREDNS)
                .allSatisfy(name -> assertThat(names.contains(name)).as(name).isNotEqualTo(isUnsupported(name)));
        assertThat(isUnsupported("whoam")).isFalse();
    }

    private static boolean isUnsupported(String name) {
        return History.of(name).map(Change::severity).equals(Optional.of(Severity.UNSUPPORTED));
    }
}
