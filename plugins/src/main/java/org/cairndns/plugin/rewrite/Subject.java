package org.cairndns.plugin.rewrite;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/** A query that rules look at, with its qname as text once one of them asks for it. One thread. */
final class Subject {
    private final Query query;
    private @Nullable String name;

    Subject(Query query) {
        this.query = query;
    }

    Query query() {
        return query;
    }

    DomainName qname() {
        return query.qname();
    }

    /** The qname in lower case with its trailing dot, special octets escaped. */
    String name() {
        String text = name;
        if (text == null) {
            text = textOf(query.qname());
            name = text;
        }
        return text;
    }

    /** How rules see a name: in lower case with its trailing dot, special octets escaped. */
    static String textOf(DomainName name) {
        return name.toLowerCase().toString();
    }
}
