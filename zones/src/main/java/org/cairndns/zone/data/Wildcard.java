package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;

/** The asterisk label (RFC 4592 2.1.1). */
final class Wildcard {
    /** A name of that label alone. */
    static final DomainName NAME = DomainName.of("*.");

    private Wildcard() {}
}
