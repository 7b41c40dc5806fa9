package org.cairndns.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** The OPT record of a query: none, or a size with flags and options (RFC 6891). */
enum EdnsForm {
    NONE(0, 0, 0),
    E512(512, 0, 0),
    E1232(1232, 0, 0),
    E4096(4096, 0, 0),
    DO(1232, 0, ExtendedFlags.DO),
    /** A size below 512, which counts as 512. */
    SMALL(100, 0, 0),
    /** A version that nobody speaks. */
    VERSION1(1232, 1, 0),
    UNKNOWN_OPTION(1232, 0, 0, option(65001, 1, 2, 3)),
    COOKIE(1232, 0, 0, option(10, 1, 2, 3, 4, 5, 6, 7, 8)),
    NSID(1232, 0, 0, option(3)),
    /** 198.51.100.0/24 (RFC 7871). */
    SUBNET(4096, 0, 0, option(8, 0, 1, 24, 0, 198, 51, 100)),
    /** Everything that stub resolvers send at once. */
    MANY(4096, 0, ExtendedFlags.DO, option(3), option(10, 8, 7, 6, 5, 4, 3, 2, 1), option(12, 0, 0, 0, 0));

    private final int octets;
    private final int version;
    private final int flags;
    private final List<EDNSOption> options;

    EdnsForm(int octets, int version, int flags, EDNSOption... options) {
        this.octets = octets;
        this.version = version;
        this.flags = flags;
        this.options = List.of(options);
    }

    /** Whether options are sent that some servers send back. */
    boolean hasOptions() {
        return !options.isEmpty();
    }

    /** Whether a response may be longer than what every network passes in one piece. */
    boolean exceedsUsualSize() {
        return octets > 1232;
    }

    int octets() {
        return octets;
    }

    /** Whether DO is set. */
    boolean isDnssecOk() {
        return flags != 0;
    }

    /** Whether the option is one that the query carries. */
    boolean carries(String option) {
        return options.stream().anyMatch(own -> asRead(own).equals(option));
    }

    /** As it looks in a message that was read. */
    private static String asRead(EDNSOption option) {
        try {
            return EDNSOption.fromWire(option.toWire()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void addTo(Message query) {
        if (this != NONE) {
            query.addRecord(new OPTRecord(octets, 0, version, flags, new ArrayList<>(options)), Section.ADDITIONAL);
        }
    }

    private static EDNSOption option(int code, int... octets) {
        byte[] data = new byte[octets.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) octets[i];
        }
        return new GenericEDNSOption(code, data);
    }
}
