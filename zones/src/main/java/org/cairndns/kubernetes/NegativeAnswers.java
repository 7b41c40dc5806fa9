package org.cairndns.kubernetes;

import java.util.function.LongSupplier;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;
import org.cairndns.zone.LookupResult;
import org.jspecify.annotations.Nullable;

/**
 * Negative responses of one zone in wire form, and its SOA.
 *
 * <p>Their octets are one SOA record whose names point to the zone's name in the question. So they depend on the length
 * of the qname and on the serial only, and one per length is kept until the serial changes. Any thread; of several
 * that make the same one any may stay.
 */
final class NegativeAnswers {
    private static final int REFRESH_SECONDS = 7200;
    private static final int RETRY_SECONDS = 1800;
    private static final int EXPIRE_SECONDS = 86400;
    private static final int MAX_SOA_TTL_SECONDS = 300;

    private static final byte[] NOT_READY = EdnsOptions.extendedError(EdnsOptions.NOT_READY);

    private record Entry(
            long serial,
            LookupResult.NoData noData,
            LookupResult.NameError nameError,
            LookupResult.NameError notSynced) {}

    private final LongSupplier serial;
    private final SoaNames names;
    private final DomainName apex;
    private final int ttlSeconds;
    private final int negativeTtlSeconds;
    private final @Nullable Entry[] byPrefixOctets = new @Nullable Entry[DomainName.MAX_OCTETS];

    /**
     * The names in a zone's SOA.
     *
     * @param server label of the name server, below {@code domain}
     * @param domain label below the apex that such names are under
     * @param mailboxInDomain true if the mailbox is there too, false if it is right below the apex
     */
    record SoaNames(String server, String domain, boolean mailboxInDomain) {
        private Soa soa(DomainName zone, long serial, int negativeTtlSeconds) {
            DomainName below = DomainName.prepend(domain, zone);
            return new Soa(
                    DomainName.prepend(server, below),
                    DomainName.prepend("hostmaster", mailboxInDomain ? below : zone),
                    serial,
                    REFRESH_SECONDS,
                    RETRY_SECONDS,
                    EXPIRE_SECONDS,
                    negativeTtlSeconds);
        }
    }

    NegativeAnswers(ClusterIndex index, DomainName apex, ClusterZoneOptions options) {
        this(
                index::serial,
                apex,
                new SoaNames("ns", "dns", false),
                Math.min(options.ttlSeconds(), MAX_SOA_TTL_SECONDS),
                options.negativeTtlSeconds());
    }

    NegativeAnswers(LongSupplier serial, DomainName apex, SoaNames names, int ttlSeconds, int negativeTtlSeconds) {
        this.serial = serial;
        this.names = names;
        this.apex = apex;
        this.ttlSeconds = ttlSeconds;
        this.negativeTtlSeconds = negativeTtlSeconds;
    }

    LookupResult noData(int prefixOctets) {
        return entry(prefixOctets).noData;
    }

    /** NXDOMAIN, or SERVFAIL where the index was not synced when the lookup began. */
    LookupResult nameError(int prefixOctets, boolean synced) {
        Entry entry = entry(prefixOctets);
        return synced ? entry.nameError : entry.notSynced;
    }

    /** The answer to an SOA query at the apex. */
    LookupResult soa(DomainName qname) {
        Response response = new ResponseBuilder(qname)
                .soa(Section.ANSWER, qname, ttlSeconds, soaOf(qname))
                .build();
        return new LookupResult.Found(response);
    }

    private Entry entry(int prefixOctets) {
        Entry entry = byPrefixOctets[prefixOctets];
        if (entry == null || entry.serial != serial.getAsLong()) {
            entry = makeEntry(prefixOctets);
            byPrefixOctets[prefixOctets] = entry;
        }
        return entry;
    }

    private Entry makeEntry(int prefixOctets) {
        Soa soa = soaOf(apex);
        Response noData = new ResponseBuilder(placeholder(prefixOctets))
                .soa(Section.AUTHORITY, apex, negativeTtlSeconds, soa)
                .build();
        return new Entry(
                soa.serial(),
                new LookupResult.NoData(noData),
                new LookupResult.NameError(noData.withRcode(Rcode.NXDOMAIN)),
                new LookupResult.NameError(noData.withRcode(Rcode.SERVFAIL).withEdns(NOT_READY)));
    }

    /** A name in the zone of the length wanted with no label that a record could point to. */
    private DomainName placeholder(int prefixOctets) {
        DomainName name = apex;
        int left = prefixOctets;
        while (left > 0) {
            int octets = Math.min(left, DomainName.MAX_LABEL_OCTETS + 1);
            octets -= left - octets == 1 ? 1 : 0;
            name = DomainName.prepend("\u00ff".repeat(octets - 1), name);
            left -= octets;
        }
        return name;
    }

    private Soa soaOf(DomainName zone) {
        return names.soa(zone, serial.getAsLong(), negativeTtlSeconds);
    }
}
