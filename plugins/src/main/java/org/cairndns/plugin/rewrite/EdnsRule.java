package org.cairndns.plugin.rewrite;

import java.util.List;
import org.cairndns.wire.Edns;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/**
 * Rule {@code edns0}: one EDNS option of the query.
 *
 * @param code of the option, 0..65535
 * @param revert true if an upstream's response shows the option as the client sent it
 */
record EdnsRule(Action action, int code, EdnsValue value, boolean revert) implements Rule {
    /** Payload size in octets of the OPT record that a query without one gets. */
    private static final int PAYLOAD_OCTETS = 4096;

    private static final int MAX_OPTIONS_OCTETS = 0xffff;

    /** What becomes of the option. */
    enum Action {
        /** Changed or added. */
        SET,
        /** Added where it is missing. */
        APPEND,
        /** Changed where it is there. */
        REPLACE,
        /** Removed. */
        UNSET
    }

    @Override
    public @Nullable Match apply(Subject subject) {
        Query query = subject.query();
        byte[] before = query.edns().options();
        boolean present = EdnsOptions.find(before, code) >= 0;
        boolean acts = switch (action) {
            case SET, UNSET -> true;
            case APPEND -> !present;
            case REPLACE -> present;
        };
        if (!acts || !value.isKnown(query)) {
            return null;
        }
        if (action == Action.UNSET) {
            Query changed = present ? withOptions(query, EdnsOptions.without(before, code)) : query;
            return new Match(changed, List.of());
        }
        byte[] options = EdnsOptions.with(before, code, value.of(query));
        if (options.length > MAX_OPTIONS_OCTETS) {
            return null;
        }
        List<ResponseRule> responseRules = revert ? List.of(new ResponseRule.EdnsOption(code, before)) : List.of();
        return new Match(withOptions(query, options), responseRules);
    }

    private static Query withOptions(Query query, byte[] options) {
        Edns edns = query.edns();
        return query.withEdns(
                edns.present()
                        ? new Edns(true, edns.udpPayloadSize(), edns.version(), edns.flags(), options)
                        : new Edns(true, PAYLOAD_OCTETS, 0, 0, options));
    }
}
