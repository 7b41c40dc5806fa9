package org.cairndns.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names that services have outside of the cluster's zone, and names of topology zones. */
final class ExternalScenarios {
    private static final int QUESTIONS = 6_000;
    private static final List<String> ZONES = List.of("cluster.local.");
    private static final List<String> REVERSE = List.of(
            "1.2.0.192.in-addr.arpa.",
            "2.2.0.192.in-addr.arpa.",
            "9.2.0.192.in-addr.arpa.",
            "2.0.192.in-addr.arpa.",
            "7.100.51.198.in-addr.arpa.",
            "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.");

    private final ClusterObjects objects;
    static final String ZONE = "ext.example.net.";

    private final List<Scenario> scenarios = new ArrayList<>();

    private ExternalScenarios(ClusterObjects objects) {
        this.objects = objects;
    }

    static List<Scenario> of(ClusterObjects objects) {
        ExternalScenarios all = new ExternalScenarios(objects);
        all.external("external", "ttl 30");
        all.external("external-headless", "headless; apex in; fallthrough ext.example.net");
        all.zonal();
        return all.scenarios;
    }

    private void external(String name, String options) {
        String corefile = Corefiles.kubernetes(
                "cluster.local",
                "pods insecure; fallthrough in-addr.arpa ip6.arpa; ttl 30",
                "k8s_external ext.example.net ext.example.edu 192.0.2.0/24 2001:db8::/32 {\n" + options + "\n}");
        List<String> further = Stream.concat(
                        services(ZONE).flatMap(this::around),
                        Stream.of(
                                ZONE,
                                "EXT.example.edu.",
                                "ip0.a.ext.example.edu.",
                                "a.ext.example.net.",
                                "nope.ext.example.net.",
                                "dns.ext.example.net.",
                                "ns1.dns.ext.example.net.",
                                "x.dns.ext.example.net.",
                                "ns1.in.ext.example.net.",
                                "ns1.x.dns.ext.example.net."))
                .toList();
        add(name, corefile, Stream.concat(further.stream(), REVERSE.stream()).toList());
    }

    private Stream<String> around(String name) {
        return Stream.of(
                name,
                "_http._tcp." + name,
                "http.tcp." + name,
                "_dns._udp." + name,
                "_nope._tcp." + name,
                "x." + name,
                "web-0." + name,
                "a.b.c." + name);
    }

    private Stream<String> services(String suffix) {
        return objects.of("Service").stream()
                .filter(service -> service.name().length() < 9)
                .map(service -> service.name() + "." + service.namespace() + "." + suffix);
    }

    private void zonal() {
        List<String> further = services("svc.cluster.local.")
                .filter(name -> name.matches("(zonal|ip|ext|s)\\d.*|(self|crowd)\\..*"))
                .flatMap(name -> Stream.of("eu-1", "eu-2", "x.y", "y", "nowhere", "eu-3")
                        .flatMap(zone ->
                                Stream.of("pin", "prefer", "near").map(how -> zone + "." + how + "._zone." + name)))
                .toList();
        List<String> all = new ArrayList<>(further);
        services("svc.cluster.local.").limit(8).forEach(name -> {
            all.add("_zone." + name);
            all.add("pin._zone." + name);
            all.add("prefer._zone." + name);
            all.add("_http._tcp.eu-1.pin._zone." + name);
            all.add("eu-1.pin.zone." + name);
        });
        add("zonal", Corefiles.kubernetes("cluster.local", "zonal; fallthrough; ttl 30", ""), all);
    }

    private void add(String name, String corefile, List<String> further) {
        scenarios.add(new Scenario(name, objects, corefile.replace(";", "\n"), ZONES, further, QUESTIONS, 0));
    }
}
