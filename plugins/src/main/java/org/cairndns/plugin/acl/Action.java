package org.cairndns.plugin.acl;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a query that fits a policy. */
enum Action {
    /** Goes to the next handler; no further rule is asked. */
    ALLOW,
    /** Gets REFUSED. */
    BLOCK,
    /** Gets NOERROR without records. */
    FILTER,
    /** Gets no response. */
    DROP;

    static final List<String> WORDS = Arrays.stream(values()).map(Action::word).toList();

    /** The action's word in a Corefile. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
