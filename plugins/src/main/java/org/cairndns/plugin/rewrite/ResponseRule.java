package org.cairndns.plugin.rewrite;

import org.cairndns.wire.Query;
import org.cairndns.wire.ResourceRecord;

/** Change of a response that a {@link Rule} asks for. Immutable, any thread. */
sealed interface ResponseRule {
    /** A change that looks at one record at a time. */
    sealed interface OfRecords extends ResponseRule {
        ResourceRecord apply(ResourceRecord record);
    }

    /** Other owner names. */
    record Owners(NameMapping mapping) implements OfRecords {
        @Override
        public ResourceRecord apply(ResourceRecord record) {
            return record.withOwner(mapping.apply(record.owner()));
        }
    }

    /** Other names in RDATA, see {@link ResourceRecord#target()}. */
    record Targets(NameMapping mapping) implements OfRecords {
        @Override
        public ResourceRecord apply(ResourceRecord record) {
            return record.target().map(mapping::apply).map(record::withTarget).orElse(record);
        }
    }

    /** TTLs within bounds, 0..2^31-1 seconds. */
    record Ttls(int minSeconds, int maxSeconds) implements OfRecords {
        @Override
        public ResourceRecord apply(ResourceRecord record) {
            return record.withTtl(Math.clamp(record.ttlSeconds(), minSeconds, maxSeconds));
        }
    }

    /** Another RCODE. */
    record Rcodes(int from, int to) implements ResponseRule {
        int apply(int rcode) {
            return rcode == from ? to : rcode;
        }
    }

    /** Another target of the first CNAME record that matches, with the new target's answer behind it. */
    record Alias(NameMapping mapping, Query query) implements ResponseRule {}

    /**
     * An EDNS option of an upstream's response as if the query had gone out unchanged.
     *
     * @param before options of the query before the rule changed this one
     */
    record EdnsOption(int code, byte[] before) implements ResponseRule {
        byte[] apply(byte[] current) {
            if (EdnsOptions.find(current, code) < 0) {
                return current;
            }
            int old = EdnsOptions.find(before, code);
            return old < 0
                    ? EdnsOptions.without(current, code)
                    : EdnsOptions.with(current, code, EdnsOptions.valueAt(before, old));
        }
    }
}
