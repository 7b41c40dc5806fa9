package org.cairndns.differential;

import java.util.ArrayList;
import java.util.List;

/** One scenario for each of the other directives, with kubernetes and an upstream below it. */
final class DirectiveScenarios {
    private static final int QUESTIONS = 6_000;
    private static final List<String> ZONES = List.of("cluster.local.");

    private final ClusterObjects objects;
    private final List<Scenario> scenarios = new ArrayList<>();

    private DirectiveScenarios(ClusterObjects objects) {
        this.objects = objects;
    }

    static List<Scenario> of(ClusterObjects objects) {
        DirectiveScenarios all = new DirectiveScenarios(objects);
        all.answersOfTheirOwn();
        all.changesOfQuestions();
        all.changesOfAnswers();
        all.choices();
        return all.scenarios;
    }

    private void add(String name, String directives, String... further) {
        addCorefile(name, Corefiles.with(directives), further);
    }

    private void addCorefile(String name, String corefile, String... further) {
        scenarios.add(new Scenario(name, objects, corefile, ZONES, List.of(further), QUESTIONS, 0));
    }

    private void answersOfTheirOwn() {
        add(
                "hosts",
                """
                hosts {FOLDER}/hosts example.org {
                    192.0.2.99 inline.example.org
                    ttl 60
                    fallthrough
                }
                """,
                "node-1.",
                "node-1.example.org.",
                "node-2.example.org.",
                "x.wild.example.org.",
                "inline.example.org.",
                "10.2.0.192.in-addr.arpa.",
                "localhost.");
        add("template", """
                template IN A svc.example.org {
                    answer "{{ .Name }} 60 IN A 192.0.2.1"
                }
                template ANY ANY deny.example.org {
                    rcode NXDOMAIN
                    authority "deny.example.org. 60 IN SOA ns.example.org. h.example.org. 1 60 60 60 60"
                }
                template IN MX svc.example.org {
                    match ^(?P<host>[a-z]+)[.]svc[.]example[.]org[.]$
                    answer "{{ .Name }} 60 IN MX 10 mail.{{ .Group.host }}.example.org."
                    additional "mail.{{ .Group.host }}.example.org. 60 IN A 192.0.2.25"
                    fallthrough
                }
                """, "a.svc.example.org.", "svc.example.org.", "x.deny.example.org.");
        add(
                "any-chaos-nsid",
                "any\nchaos v1 authors\nnsid one",
                "version.bind.",
                "hostname.bind.",
                "authors.bind.",
                "ring-1.a.svc.cluster.local.",
                "db.a.svc.cluster.local.");
        add(
                "local",
                "local",
                "localhost.",
                "x.localhost.",
                "localhost.cluster.local.",
                "1.0.0.127.in-addr.arpa.",
                "0.in-addr.arpa.");
    }

    private void changesOfQuestions() {
        add(
                "rewrite-name",
                """
                rewrite name exact db.example.org db.a.svc.cluster.local
                rewrite name suffix .corp. .cluster.local. answer auto
                """,
                "db.example.org.",
                "db.a.svc.corp.",
                "_pg._tcp.db.a.svc.corp.",
                "crowd.a.svc.corp.",
                "nope.a.svc.corp.",
                "corp.");
        add("rewrite-regex", """
                rewrite stop {
                    name regex (.*)[.]example[.]org {1}.a.svc.cluster.local
                    answer name (.*)[.]a[.]svc[.]cluster[.]local {1}.example.org
                }
                rewrite ttl suffix .example.com. 10-20
                rewrite type ANY HINFO
                """, "db.example.org.", "crowd.example.org.", "nope.example.org.");
        addCorefile(
                "autopath",
                Corefiles.kubernetes("cluster.local", "pods verified; ttl 30", "autopath @kubernetes"),
                "www.example.com.a.svc.cluster.local.",
                "nx.example.com.a.svc.cluster.local.",
                "cname.example.com.a.svc.cluster.local.",
                "fail.example.com.a.svc.cluster.local.",
                "db.a.svc.cluster.local.",
                "db.a.a.svc.cluster.local.",
                "db.a.svc.cluster.local.a.svc.cluster.local.");
    }

    private void changesOfAnswers() {
        add(
                "dns64",
                """
                dns64 {
                    allow_ipv4
                }
                """,
                "many.example.com.",
                "crowd.a.svc.cluster.local.",
                "10-2-0-1.crowd.a.svc.cluster.local.",
                "10-2-0-2.crowd.a.svc.cluster.local.",
                "10-2-1-1.crowd.a.svc.cluster.local.",
                "10-2-1-2.crowd.a.svc.cluster.local.",
                "10-1-2-3.a.pod.cluster.local.",
                "10-1-2-4.a.pod.cluster.local.",
                "nx.example.com.",
                "fail.example.com.");
        add("minimal", "minimal");
        add("header-bufsize", """
                header {
                    response set ra
                    response clear aa
                    query clear rd
                }
                bufsize 700
                """, "ring-1.a.svc.cluster.local.");
    }

    private void choices() {
        add("acl", """
                acl example.com {
                    block type TXT net *
                    filter type AAAA net 127.0.0.0/8
                }
                acl a.svc.cluster.local {
                    block net 127.0.0.1
                }
                """);
        addCorefile("view", """
                .:{PORT} {
                    bind 127.0.0.1
                    ready 127.0.0.1:{READY}
                    view stream {
                        expr proto() == 'tcp' && type() in ['A', 'TXT']
                    }
                    template ANY ANY {
                        answer "{{ .Name }} 60 IN TXT \\"by view\\""
                    }
                }
                """ + Corefiles.with(""));
    }
}
