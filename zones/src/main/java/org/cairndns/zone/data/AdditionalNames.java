package org.cairndns.zone.data;

import org.cairndns.wire.RecordType;

/** Types whose records lead to a name that the client needs the addresses of. */
final class AdditionalNames {
    private AdditionalNames() {}

    /** Where in the RDATA that name starts, or -1 for every other type. */
    static int offset(int type) {
        return switch (type) {
            case RecordType.NS -> 0;
            case RecordType.MX, RecordType.SVCB, RecordType.HTTPS -> 2;
            case RecordType.SRV -> 6;
            default -> -1;
        };
    }
}
