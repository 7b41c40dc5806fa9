package org.cairndns.testing;

/** Parts of a Corefile whose directives count what they do; see {@code docs/metrics.md}. */
public final class CountedDirectives {
    /**
     * Directives that answer themselves, for a block that has {@code kubernetes} too: names of {@code acl.example},
     * {@code template.example}, {@code host.example} and {@code localhost}.
     */
    public static final String ANSWERS = """
                local
                autopath @kubernetes
                acl acl.example {
                    filter type TXT
                    drop type MX
                    block type AAAA
                    allow
                }
                template IN A template.example {
                    answer "{{ .Name }} 60 IN A {{ index .Match 7 }}"
                    answer "{{ .Name }} 60 IN A nonsense"
                }
                template IN AAAA template.example {
                    answer "{{ .Name }} 60 IN AAAA nonsense"
                }
                hosts {
                    192.0.2.1 host.example
                    fallthrough
                }
            """;

    /** A block that makes AAAA records of A records, for {@code www.six.example}. */
    public static final String SIX_BLOCK = """
            six.example {
                bind 127.0.0.1
                dns64 {
                    allow_ipv4
                }
                hosts {
                    192.0.2.6 www.six.example
                }
            }
            """;

    private CountedDirectives() {}
}
