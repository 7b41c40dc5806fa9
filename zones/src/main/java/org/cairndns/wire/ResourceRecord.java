package org.cairndns.wire;

import java.util.Optional;

/**
 * One resource record of a response, its names uncompressed.
 *
 * @param section where it stands
 * @param owner the name that it belongs to
 * @param type see {@link RecordType}
 * @param dnsClass see {@link DnsClass}
 * @param ttlSeconds 0..2^31-1
 * @param rdata proper for the type; not to be changed
 */
public record ResourceRecord(Section section, DomainName owner, int type, int dnsClass, int ttlSeconds, byte[] rdata) {
    /** This record of another name. */
    public ResourceRecord withOwner(DomainName other) {
        return new ResourceRecord(section, other, type, dnsClass, ttlSeconds, rdata);
    }

    /** This record with another TTL, 0..2^31-1 seconds. */
    public ResourceRecord withTtl(int seconds) {
        return new ResourceRecord(section, owner, type, dnsClass, seconds, rdata);
    }

    /** This record in another section. */
    public ResourceRecord in(Section other) {
        return new ResourceRecord(other, owner, type, dnsClass, ttlSeconds, rdata);
    }

    /**
     * The name that the record leads to, its first in the RDATA: that of CNAME, DNAME, MX, NAPTR, NS, PTR, SRV, and the
     * primary server of SOA. Empty for every other type.
     */
    public Optional<DomainName> target() {
        int start = RdataNames.targetStart(type, rdata);
        return start < 0 ? Optional.empty() : Optional.of(RdataNames.nameAt(rdata, start));
    }

    /**
     * This record with another {@link #target()}.
     *
     * @throws IllegalStateException for a type that has none
     */
    public ResourceRecord withTarget(DomainName other) {
        int start = RdataNames.targetStart(type, rdata);
        if (start < 0) {
            throw new IllegalStateException(RecordType.text(type) + " record without a target");
        }
        int rest = start + RdataNames.nameAt(rdata, start).length();
        byte[] changed = new byte[start + other.length() + rdata.length - rest];
        System.arraycopy(rdata, 0, changed, 0, start);
        other.copyTo(changed, start);
        System.arraycopy(rdata, rest, changed, start + other.length(), rdata.length - rest);
        return new ResourceRecord(section, owner, type, dnsClass, ttlSeconds, changed);
    }
}
