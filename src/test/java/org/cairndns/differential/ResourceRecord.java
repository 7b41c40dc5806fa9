package org.cairndns.differential;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * A resource record as text; the serial of a SOA record is left out, because it is a time.
 *
 * @param owner with its letter case
 */
record ResourceRecord(String owner, long ttlSeconds, String rclass, String type, String rdata)
        implements Comparable<ResourceRecord> {
    static ResourceRecord of(Record source) {
        String rdata = source.rdataToString();
        if (source instanceof SOARecord soa) {
            rdata = rdata.replaceFirst(" " + soa.getSerial() + " ", " SERIAL ");
        }
        return new ResourceRecord(
                source.getName().toString(),
                source.getTTL(),
                DClass.string(source.getDClass()),
                Type.string(source.getType()),
                rdata);
    }

    ResourceRecord withTtl(long seconds) {
        return new ResourceRecord(owner, seconds, rclass, type, rdata);
    }

    ResourceRecord withRdata(String other) {
        return new ResourceRecord(owner, ttlSeconds, rclass, type, other);
    }

    @Override
    public int compareTo(ResourceRecord other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return owner + " " + ttlSeconds + " " + rclass + " " + type + " " + rdata;
    }
}
