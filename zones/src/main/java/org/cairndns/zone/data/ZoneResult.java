package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Response;

/** What a {@link Zone} says to a question. */
public sealed interface ZoneResult {
    /** A complete response. */
    record Complete(Kind kind, Response response) implements ZoneResult {}

    /**
     * An alias whose target this zone knows nothing of: it lies elsewhere, or is no name with records of its own.
     *
     * <p>The target is to be asked for where the whole server is asked; {@link #with} makes the response of both.
     * Either method is called once.
     */
    final class Alias implements ZoneResult {
        private final DomainName target;
        private final AliasAnswer answer;

        Alias(DomainName target, AliasAnswer answer) {
            this.target = target;
            this.answer = answer;
        }

        /** What to ask for. */
        public DomainName target() {
            return target;
        }

        /** The response with what the target was answered, the target being its qname. */
        public Response with(Response ofTarget) {
            return answer.with(target, ofTarget);
        }

        /** The response with the RCODE of a target that there is no answer about, such as SERVFAIL (RFC 6604 3). */
        public Response without(int rcode) {
            return answer.without(rcode);
        }
    }

    /** No response can be made; the reason is one line. */
    record Failed(String reason) implements ZoneResult {}

    /** Kinds of responses. */
    enum Kind {
        /** The answer section has what was asked for, or aliases that lead there. */
        ANSWER,
        /** The name has records, but not of that type (RFC 2308 2.2). */
        NO_DATA,
        /** The name has no records, but names below it have (RFC 8020). */
        EMPTY_NON_TERMINAL,
        /** The name does not exist (RFC 2308 2.1). */
        NAME_ERROR,
        /** The name belongs to a zone below (RFC 1034 4.3.2 3b). */
        REFERRAL,
        /** The name that a DNAME record leads to is too long (RFC 6672 2.2). */
        TOO_LONG
    }
}
