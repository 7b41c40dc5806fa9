package org.cairndns.differential;

import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.OPTRecord;

/** The OPT record of a response. */
record Edns(int octets, int version, boolean dnssecOk, List<String> options) {
    static Edns of(OPTRecord record) {
        return new Edns(
                record.getPayloadSize(),
                record.getVersion(),
                (record.getFlags() & ExtendedFlags.DO) != 0,
                record.getOptions().stream().map(EDNSOption::toString).sorted().toList());
    }

    /** Without the options that the query carried. */
    Edns withoutOptionsOf(EdnsForm query) {
        return new Edns(
                octets,
                version,
                dnssecOk,
                options.stream().filter(option -> !query.carries(option)).toList());
    }

    Edns withDnssecOk(boolean other) {
        return new Edns(octets, version, other, options);
    }
}
